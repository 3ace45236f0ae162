package argosy.wire.codec;

/// What a closure's state is made of.
public enum StateItem {
  /// The function itself.
  FUNCTION(3),
  /// A static: class, name, value.
  STATIC(0),
  /// The constants of an enum, see [EnumState#writeConstants].
  ENUM_CONSTANTS(1),
  /// What the constants of an enum hold, see [EnumState#writeFields].
  ENUM_FIELDS(2),
  /// A variable that lives on the worker and must have come to its value there: class, name.
  RESIDENT(4);

  private final int tag;

  StateItem(int tag) {
    this.tag = tag;
  }

  /// {@return what stands for this item on the wire}
  public int tag() {
    return tag;
  }

  /// {@return the item with this tag}
  public static StateItem of(int tag) {
    for (StateItem item : values()) {
      if (item.tag == tag) {
        return item;
      }
    }
    throw new IllegalStateException("the bytes are damaged: there is no item " + tag);
  }

  /// {@return the class that has the statics of a shipped interface, whose own could only be final}
  public static String holderOf(String interfaceName) {
    return interfaceName + "$argosy$statics";
  }
}
