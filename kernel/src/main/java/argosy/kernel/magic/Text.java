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

  /// {@return the arguments with each `\{expression}` replaced by its value, as words, up to a `//`
  /// that stands alone and starts a comment}
  ///
  /// @throws Exception whatever an expression threw
  List<String> words(MagicCall call) throws Exception {
    List<String> words =
        new MagicCall(expand(call), call.body(), call.isCell(), call.line()).words();
    int comment = words.indexOf("//");
    return comment < 0 ? words : words.subList(0, comment);
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
