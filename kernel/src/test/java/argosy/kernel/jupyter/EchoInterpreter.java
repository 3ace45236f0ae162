package argosy.kernel.jupyter;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.interpreter.Completeness;
import argosy.kernel.interpreter.Completions;
import argosy.kernel.interpreter.Interpreter;
import argosy.kernel.interpreter.ReadableFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A language of one-word commands, just rich enough to make a kernel do everything it can.
final class EchoInterpreter implements Interpreter {

  /// Released by a test to let `wait` and `late` go on.
  final Semaphore gate = new Semaphore(0);

  /// Counts the cells that block by now.
  final Semaphore blocked = new Semaphore(0);

  final AtomicInteger executions = new AtomicInteger();
  final CountDownLatch closed = new CountDownLatch(1);

  volatile Runnable onClose = () -> {};

  private final Object lock = new Object();
  private @Nullable Thread running;
  private @Nullable Thread attending;

  @Override
  public CellOutcome execute(String code, CellIo io) {
    synchronized (lock) {
      running = Thread.currentThread();
    }
    executions.incrementAndGet();
    try {
      int blank = code.indexOf(' ');
      String command = blank < 0 ? code : code.substring(0, blank);
      return run(command, blank < 0 ? "" : code.substring(blank + 1), io);
    } catch (InterruptedException e) {
      return new CellOutcome.Failed("Interrupted", "", List.of("interrupted"));
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      return new CellOutcome.Failed(e.getClass().getSimpleName(), message, List.of(message));
    } finally {
      synchronized (lock) {
        running = null;
        Thread.interrupted();
      }
    }
  }

  private CellOutcome run(String command, String argument, CellIo io) throws InterruptedException {
    return switch (command) {
      case "echo" -> text(argument);
      case "show" -> new CellOutcome.Value(Map.of("text/html", "<b>" + argument + "</b>"));
      case "number" -> text(String.valueOf(io.number()));
      case "print" -> {
        System.out.println(argument);
        yield new CellOutcome.Nothing();
      }
      case "complain" -> {
        System.err.println(argument);
        yield new CellOutcome.Nothing();
      }
      case "close" -> {
        System.out.print(argument);
        System.out.close();
        System.err.close();
        yield new CellOutcome.Nothing();
      }
      case "lines" -> {
        for (int i = 0; i < Integer.parseInt(argument); i++) {
          System.out.println(i);
        }
        yield new CellOutcome.Nothing();
      }
      case "bytes" -> {
        for (byte b : argument.getBytes(StandardCharsets.UTF_8)) {
          System.out.write(b);
        }
        yield new CellOutcome.Nothing();
      }
      case "fail" -> new CellOutcome.Failed("EchoException", argument, List.of("at line 1"));
      case "crash" -> throw new AssertionError(argument);
      case "wait" -> {
        blocked.release();
        gate.acquire();
        yield text("went on");
      }
      case "deaf" -> {
        blocked.release();
        gate.acquireUninterruptibly();
        yield new CellOutcome.Nothing();
      }
      case "late" -> {
        new Thread(
                () -> {
                  gate.acquireUninterruptibly();
                  System.out.println(argument);
                })
            .start();
        yield new CellOutcome.Nothing();
      }
      default -> more(command, argument, io);
    };
  }

  private static CellOutcome more(String command, String argument, CellIo io)
      throws InterruptedException {
    return switch (command) {
      case "ask" -> text(io.readLine(argument));
      case "secret" -> text(io.readPassword(argument));
      case "scan" -> {
        try (Scanner scanner = new Scanner(System.in, StandardCharsets.UTF_8)) {
          yield text(scanner.nextLine());
        }
      }
      case "display" -> text(io.display(Map.of("text/plain", argument)));
      case "displays" -> {
        for (int i = 0; i < Integer.parseInt(argument); i++) {
          io.display(Map.of("text/plain", "x".repeat(1_000)));
        }
        yield new CellOutcome.Nothing();
      }
      case "redisplay" -> {
        String id = io.display(Map.of("text/plain", "first"));
        io.update(id, Map.of("text/plain", argument));
        yield new CellOutcome.Nothing();
      }
      case "mixed" -> {
        System.out.print("before");
        io.display(Map.of("text/plain", "middle"));
        System.out.print("after");
        System.err.print("error");
        yield new CellOutcome.Nothing();
      }
      case "trace" -> {
        new IllegalStateException(argument).printStackTrace();
        yield new CellOutcome.Nothing();
      }
      case "clear" -> {
        System.out.print("gone");
        io.clearOutput(argument.equals("wait"));
        yield new CellOutcome.Nothing();
      }
      case "" -> new CellOutcome.Nothing();
      default -> new CellOutcome.Failed("UnknownCommand", command, List.of(command + "?"));
    };
  }

  private static CellOutcome text(String text) {
    return new CellOutcome.Value(Map.of("text/plain", text));
  }

  @Override
  public void interrupt() {
    synchronized (lock) {
      Thread busy = running != null ? running : attending;
      if (busy != null) {
        busy.interrupt();
      }
    }
  }

  @Override
  public void attend(Runnable handlers) {
    synchronized (lock) {
      attending = Thread.currentThread();
    }
    try {
      handlers.run();
    } finally {
      synchronized (lock) {
        attending = null;
        Thread.interrupted();
      }
    }
  }

  @Override
  public CellOutcome evaluate(String expression, CellIo io) {
    return execute(expression, io);
  }

  @Override
  public Completions complete(String code, int cursor) {
    return new Completions(0, cursor, List.of(new Completions.Match("echo", "function", "(text)")));
  }

  @Override
  public Optional<Map<String, Object>> inspect(String code, int cursor, int detail) {
    return code.isEmpty()
        ? Optional.empty()
        : Optional.of(Map.of("text/plain", code.substring(0, cursor) + " at detail " + detail));
  }

  @Override
  public Optional<ReadableFrame> readable(StackTraceElement frame) {
    String method = frame.getMethodName();
    boolean isOwn = frame.getClassName().equals(EchoInterpreter.class.getName());
    return isOwn && !method.equals("execute")
        ? Optional.of(new ReadableFrame("Echo, in " + method, method.equals("run")))
        : Optional.empty();
  }

  @Override
  public String readable(String line) {
    return line.replace("echo$$", "");
  }

  @Override
  public Completeness isComplete(String code) {
    return code.endsWith("\\")
        ? new Completeness(Completeness.Status.INCOMPLETE, "  ")
        : new Completeness(Completeness.Status.COMPLETE, "");
  }

  @Override
  public void close() {
    onClose.run();
    closed.countDown();
  }
}
