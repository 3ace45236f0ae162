package argosy.engine.closure;

import argosy.wire.codec.StateItem;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;

/// Leads reads of an interface's statics to the class that holds them.
final class HeldStatics implements CodeTransform {

  private final CellClass cell;
  private final Cells cells;

  HeldStatics(CellClass cell, Cells cells) {
    this.cell = cell;
    this.cells = cells;
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof FieldInstruction field
        && (field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC)) {
      String name = field.name().stringValue();
      CellClass owner = cells.declaring(cell, field.owner().asInternalName(), name);
      if (owner != null && owner.heldStatics().contains(name)) {
        ClassDesc holder = ClassDesc.of(StateItem.holderOf(owner.type().getName()));
        builder.fieldAccess(field.opcode(), holder, name, field.typeSymbol());
        return;
      }
    }
    builder.with(element);
  }
}
