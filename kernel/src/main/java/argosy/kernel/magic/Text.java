package argosy.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.util.List;

/// The arguments of magics, with the values of the notebook written into them.
final class Text {

  private final KernelContext kernel;

  Text(KernelContext kernel) {
    this.kernel = kernel;
  }

  /// {@return the arguments with each `\{expression}` replaced by its value, as words}
  ///
  /// @throws Exception whatever an expression threw
  List<String> words(MagicCall call) throws Exception {
    return new MagicCall(expand(call), call.body(), call.isCell(), call.line()).words();
  }

  private String expand(MagicCall call) throws Exception {
    String arguments = call.arguments();
    StringBuilder result = new StringBuilder();
    int from = 0;
    for (int at = arguments.indexOf("\\{"); at >= 0; at = arguments.indexOf("\\{", from)) {
      int end = arguments.indexOf('}', at);
      if (end < 0) {
        throw new MagicUsageException("the \\{ is not closed");
      }
      Object value = kernel.evaluate(arguments.substring(at + 2, end), call.line());
      result.append(arguments, from, at).append(value);
      from = end + 1;
    }
    return result.append(arguments.substring(from)).toString();
  }
}
