package argosy.kernel.jupyter;

import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What a client can ask for.
sealed interface Request {

  /// Run code. Its reply comes when the code has ended.
  ///
  /// @param silent show nothing to anybody; implies not to store
  /// @param store count it and keep it in the history
  /// @param expressions name to code, to be evaluated afterwards
  /// @param allowsInput whether the client answers questions
  /// @param stopsOnError whether a failure aborts what waits in the queue
  record Execute(
      String code,
      boolean silent,
      boolean store,
      Map<String, String> expressions,
      boolean allowsInput,
      boolean stopsOnError)
      implements Request {}

  /// Something that is answered at once, also while code runs.
  sealed interface Query extends Request {}

  /// What is there to call this kernel?
  record KernelInfo() implements Query {}

  /// What could stand at the cursor?
  record Complete(String code, int cursor) implements Query {}

  /// What is at the cursor?
  record Inspect(String code, int cursor, int detail) implements Query {}

  /// Can this run as it stands?
  record IsComplete(String code) implements Query {}

  /// What ran before?
  ///
  /// @param output whether results are wanted too
  record History(boolean output, Access access) implements Query {

    /// Which part of it.
    sealed interface Access {
      /// The last ones.
      record Tail(int count) implements Access {}

      /// From a line to before another; without an end, to the last.
      record Range(int session, int start, OptionalInt stop) implements Access {}

      /// The last ones that match a pattern with `*` and `?`.
      record Search(String pattern, int count, boolean unique) implements Access {}
    }
  }

  /// Which comms are open?
  ///
  /// @param target only those to this one, or null for all
  record CommInfo(@Nullable String target) implements Query {}

  /// End the code that runs.
  record Interrupt() implements Query {}

  /// End the kernel.
  record Shutdown(boolean restart) implements Query {}

  /// A message of a comm, which has no reply.
  record CommMessage(Kind kind) implements Request {
    /// What it does to the comm.
    enum Kind {
      /// Makes it.
      OPEN,
      /// Uses it.
      MESSAGE,
      /// Ends it.
      CLOSE
    }
  }

  /// Something that this kernel does not know.
  record Unknown() implements Request {}

  /// {@return what a message asks for}
  ///
  /// @throws BadRequestException if its content is not what its type promises
  static Request of(Inbound message) {
    Fields fields = new Fields(message.content());
    return switch (message.type()) {
      case "execute_request" -> execute(fields);
      case "kernel_info_request" -> new KernelInfo();
      case "complete_request" -> {
        String code = fields.text("code");
        yield new Complete(code, cursor(fields, code));
      }
      case "inspect_request" -> {
        String code = fields.text("code");
        yield new Inspect(code, cursor(fields, code), fields.number("detail_level", 0));
      }
      case "is_complete_request" -> new IsComplete(fields.text("code"));
      case "history_request" -> history(fields);
      case "comm_info_request" -> {
        String target = fields.text("target_name", "");
        yield new CommInfo(target.isEmpty() ? null : target);
      }
      case "comm_open" -> new CommMessage(CommMessage.Kind.OPEN);
      case "comm_msg" -> new CommMessage(CommMessage.Kind.MESSAGE);
      case "comm_close" -> new CommMessage(CommMessage.Kind.CLOSE);
      case "interrupt_request" -> new Interrupt();
      case "shutdown_request" -> new Shutdown(fields.flag("restart", false));
      default -> new Unknown();
    };
  }

  private static Execute execute(Fields fields) {
    boolean silent = fields.flag("silent", false);
    return new Execute(
        fields.text("code"),
        silent,
        !silent && fields.flag("store_history", true),
        fields.texts("user_expressions"),
        fields.flag("allow_stdin", true),
        fields.flag("stop_on_error", true));
  }

  private static int cursor(Fields fields, String code) {
    return CodePoints.toIndex(code, fields.number("cursor_pos", Integer.MAX_VALUE));
  }

  private static History history(Fields fields) {
    String access = fields.text("hist_access_type", "tail");
    int count = fields.number("n", Integer.MAX_VALUE);
    return new History(
        fields.flag("output", false),
        switch (access) {
          case "tail" -> new History.Access.Tail(count);
          case "range" ->
              new History.Access.Range(
                  fields.number("session", 0),
                  fields.number("start", 0),
                  fields.optionalNumber("stop"));
          case "search" ->
              new History.Access.Search(
                  fields.text("pattern", "*"), count, fields.flag("unique", false));
          default ->
              throw new BadRequestException(
                  "hist_access_type is " + access + ", not tail, range or search");
        });
  }
}
