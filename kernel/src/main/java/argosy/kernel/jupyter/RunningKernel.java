package argosy.kernel.jupyter;

import argosy.kernel.interpreter.Interpreter;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// The parts of a kernel, joined.
final class RunningKernel implements AutoCloseable {

  private final KernelConnection connection;
  private final Session session;
  private final InputRequests input;
  private final ScheduledExecutorService timer;
  private final CommDesk comms;
  private final ExecutionQueue executions;
  private final Inbox shell;
  private final Inbox control;

  RunningKernel(
      ConnectionFile file,
      CompletableFuture<Interpreter> interpreter,
      CellStreams streams,
      Consumer<Request.Shutdown> shutdown)
      throws KernelStartException {
    Signer signer = Signer.of(file.scheme(), file.key());
    MessageReader reader = new MessageReader(signer);
    connection = connection(file);
    session = new Session(signer, connection::send);
    input = new InputRequests(session);
    timer = Executors.newSingleThreadScheduledExecutor(daemon("argosy/output"));
    comms = new CommDesk(interpreter::join, session, input, streams, timer, daemon("argosy/comms"));
    History history = new History();
    var surroundings =
        new ExecutionQueue.Surroundings(
            session, input, history, streams, timer, this::afterShellInput);
    executions = new ExecutionQueue(interpreter::join, surroundings);
    RequestDesk desk =
        new RequestDesk(
            session,
            new RequestDesk.Respondents(interpreter, executions, history, comms, shutdown));
    shell = new Inbox("shell", reader, desk::handle);
    control = new Inbox("control", reader, message -> handleControl(desk, message));
  }

  private KernelConnection connection(ConnectionFile file) throws KernelStartException {
    try {
      return new KernelConnection(file, this::received);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new KernelStartException("Cannot make the sockets (" + e.getMessage() + ").", e);
    }
  }

  /// A cell's thread may start the timer's, which must not be taken for the cell's own.
  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().name(name).daemon().inheritInheritableThreadLocals(false).factory();
  }

  /// Binds the sockets and starts to serve.
  void start() throws KernelStartException {
    connection.bind();
    executions.start();
    shell.start();
    control.start();
    connection.connect();
    session.status("starting", null);
  }

  private void received(Channel channel, List<byte[]> frames) {
    switch (channel) {
      case SHELL -> shell.add(channel, frames);
      case CONTROL, STDIN -> control.add(channel, frames);
      case IOPUB -> subscribed(frames.getFirst());
      case HEARTBEAT -> {}
    }
  }

  /// A subscription is a byte of 1 before its topic; the end of one is a byte of 0.
  private void subscribed(byte[] event) {
    if (event.length > 0 && event[0] == 1) {
      session.welcome(Arrays.copyOfRange(event, 1, event.length));
    }
  }

  private void handleControl(RequestDesk desk, Inbound message) {
    if (message.channel() == Channel.CONTROL) {
      desk.handle(message);
    } else if (message.type().equals("input_reply")) {
      input.answered(message);
    }
  }

  private void afterShellInput(Runnable action) {
    connection.afterInput(() -> shell.afterwards(action));
  }

  /// Says what is still to be said and closes the sockets. A cell that runs is left alone.
  @Override
  public void close() {
    shell.close();
    control.close();
    executions.close();
    comms.close();
    timer.shutdown();
    connection.close();
  }
}
