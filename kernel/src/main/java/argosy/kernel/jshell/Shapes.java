package argosy.kernel.jshell;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the classes of packages are called where they run.
///
/// The virtual machine gives a class that it knows no other shape, and no second class its name. So
/// a class `p.Point` that a cell declares anew with other fields becomes a member of a class made
/// for that, as those of other cells are: `p.$Shape2$Point`. The compiler knows nothing of it; each
/// class file that comes from it has its names exchanged before it is recorded. What nobody
/// compiles again keeps the class that it had.
final class Shapes {

  private static final String HOLDER = "$Shape";
  private static final Pattern IN_TEXT =
      Pattern.compile("(?<=[./])\\$Shape\\d+[$.](?=\\p{javaJavaIdentifierStart})");

  /// The names where they run of top-level classes that have been declared anew, with slashes.
  private final Map<String, String> current = new ConcurrentHashMap<>();

  /// The class files of all cells with a package, by their names there, as they were compiled.
  private final Map<String, byte[]> compiled = new ConcurrentHashMap<>();

  private int latest = 1;

  /// {@return a text with the names of classes as cells have them}
  static String asWritten(String text) {
    return text.contains(HOLDER) ? IN_TEXT.matcher(text).replaceAll("") : text;
  }

  /// {@return a class file that names classes as they are called where they run}
  byte[] inUse(byte[] classFile) {
    return current.isEmpty() ? classFile : Renaming.of(classFile, this::path);
  }

  /// {@return what a class of a package is called where it runs}
  String inUse(String name) {
    return path(name.replace('.', '/')).replace('/', '.');
  }

  private String path(String path) {
    String top = topLevel(path);
    String now = current.get(top);
    return now == null ? path : now + path.substring(top.length());
  }

  /// A class that is none of another has a class file of a name that starts with no other's.
  private String topLevel(String path) {
    for (int end = path.indexOf('$', 1); end > 0; end = path.indexOf('$', end + 1)) {
      String outer = path.substring(0, end);
      if (compiled.containsKey(outer.replace('/', '.'))) {
        return outer;
      }
    }
    return path;
  }

  /// Takes note of what a cell with a package declares.
  void declared(Map<String, byte[]> classes) {
    Set<String> declared = new HashSet<>();
    compiled.putAll(classes);
    classes.keySet().forEach(name -> declared.add(topLevel(name.replace('.', '/'))));
    compiled
        .keySet()
        .removeIf(name ->
            !classes.containsKey(name) && declared.contains(topLevel(name.replace('.', '/'))));
  }

  /// {@return the class files of all cells with a package, as the compiler knows them}
  Map<String, byte[]> compiled() {
    return Map.copyOf(compiled);
  }

  /// {@return the names of some classes, and of all others of packages that name one of them, as
  /// cells have them}
  Set<String> withUsers(Collection<String> names) {
    Set<String> tops = new HashSet<>();
    names.forEach(name -> tops.add(topLevel(name.replace('.', '/'))));
    int before;
    do {
      before = tops.size();
      compiled.forEach((name, classFile) -> {
        if (isNamed(classFile, tops)) {
          tops.add(topLevel(name.replace('.', '/')));
        }
      });
    } while (tops.size() > before);
    Set<String> all = new HashSet<>();
    compiled.keySet().stream()
        .filter(name -> tops.contains(topLevel(name.replace('.', '/'))))
        .forEach(all::add);
    return all;
  }

  private boolean isNamed(byte[] classFile, Set<String> tops) {
    return Renaming.isNamed(classFile, path -> tops.contains(topLevel(path)));
  }

  /// {@return whether a class file, as it runs, names one of these classes, as they run}
  static boolean isNamedInUse(byte[] classFile, Set<String> names) {
    return Renaming.isNamed(classFile, path -> names.contains(path.replace('/', '.')));
  }

  /// Gives classes new names where they run.
  ///
  /// @param names those in cells, with all that is nested in them
  /// @return the class files to load, by the new names
  Map<String, byte[]> renew(Set<String> names) {
    latest++;
    Map<String, List<InnerClassInfo>> members = new HashMap<>();
    for (String name : names) {
      String path = name.replace('.', '/');
      if (topLevel(path).equals(path)) {
        current.put(path, holder(path) + "$" + path.substring(path.lastIndexOf('/') + 1));
      }
    }
    Map<String, byte[]> renewed = new HashMap<>();
    for (String name : names) {
      byte[] classFile = inUse(classFile(name));
      String path = name.replace('.', '/');
      if (topLevel(path).equals(path)) {
        ClassModel model = Frames.CLASS_FILE.parse(classFile);
        InnerClassInfo self = member(path, model);
        members.computeIfAbsent(holder(path), _ -> new ArrayList<>()).add(self);
        classFile = asMember(model, self);
      }
      renewed.put(inUse(name), classFile);
    }
    members.forEach((holder, all) -> renewed.put(holder.replace('/', '.'), holder(holder, all)));
    return renewed;
  }

  /// {@return the new code of classes that keep their names where they run}
  byte[] again(String name, byte[] classFile) {
    String path = name.replace('.', '/');
    byte[] renamed = inUse(classFile);
    if (!current.containsKey(path)) {
      return renamed;
    }
    ClassModel model = Frames.CLASS_FILE.parse(renamed);
    return asMember(model, member(path, model));
  }

  private byte[] classFile(String name) {
    byte[] classFile = compiled.get(name);
    if (classFile == null) {
      throw new IllegalArgumentException(name + " is of no cell");
    }
    return classFile;
  }

  private String holder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1) + HOLDER + latest;
  }

  private static InnerClassInfo member(String path, ClassModel model) {
    String now = model.thisClass().asInternalName();
    String simple = path.substring(path.lastIndexOf('/') + 1);
    return InnerClassInfo.of(
        model.thisClass().asSymbol(),
        Optional.of(ClassDesc.ofInternalName(now.substring(0, now.length() - simple.length() - 1))),
        Optional.of(simple),
        (model.flags().flagsMask() & ~ClassFile.ACC_SUPER) | ClassFile.ACC_STATIC);
  }

  private static byte[] asMember(ClassModel model, InnerClassInfo self) {
    Stream<InnerClassInfo> others =
        model
            .elementStream()
            .filter(InnerClassesAttribute.class::isInstance)
            .flatMap(known -> ((InnerClassesAttribute) known).classes().stream());
    List<InnerClassInfo> all = Stream.concat(others, Stream.of(self)).toList();
    return Frames.CLASS_FILE.transformClass(
        model,
        ClassTransform.dropping(InnerClassesAttribute.class::isInstance)
            .andThen(ClassTransform.endHandler(end -> end.with(InnerClassesAttribute.of(all)))));
  }

  private static byte[] holder(String path, List<InnerClassInfo> members) {
    return ClassFile.of()
        .build(
            ClassDesc.ofInternalName(path),
            builder ->
                builder
                    .withVersion(ClassFile.JAVA_17_VERSION, 0)
                    .withFlags(
                        ClassFile.ACC_PUBLIC
                            | ClassFile.ACC_FINAL
                            | ClassFile.ACC_SUPER
                            | ClassFile.ACC_SYNTHETIC)
                    .with(InnerClassesAttribute.of(members)));
  }
}
