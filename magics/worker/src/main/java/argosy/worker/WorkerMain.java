package argosy.worker;

import argosy.wire.CurrentTask;
import argosy.wire.FrameOutput;
import argosy.wire.Hello;
import argosy.wire.Hello.Channel;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import argosy.wire.line.OpenLine;
import argosy.worker.rebuild.ClosureRuntime;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/// The worker process.
///
/// `WorkerMain <directory>`: the directory holds the socket `s` to connect to and the file `p` that
/// tells which task runs. Standard input brings the token and ends when the kernel does.
public final class WorkerMain {

  private static final int FAILED = 70;

  private WorkerMain() {}

  /// Runs tasks until the kernel says stop, or dies.
  public static void main(String[] args) {
    PrintStream stderr = System.err;
    try {
      run(Path.of(args[0]));
    } catch (Throwable e) {
      // Not to the standard error of the tasks: nobody may be left to relay it.
      e.printStackTrace(stderr);
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void run(Path directory) throws IOException {
    CurrentTask.markWorkerProcess();
    Path socket = directory.resolve("s");
    Path progressFile = directory.resolve("p");
    Parent parent =
        new Parent(
            new FileInputStream(FileDescriptor.in), List.of(socket, progressFile, directory));
    Payload token = parent.token();
    parent.watch();
    // The kernel deletes the file when both connections stand.
    Progress progress = new Progress(progressFile);
    SocketChannel data = connect(socket, token, Channel.DATA);
    SocketChannel control = connect(socket, token, Channel.CONTROL);
    data.configureBlocking(false);

    Replies replies = new Replies(data);
    OutputRelay output = new OutputRelay(replies);
    TaskGate gate = new TaskGate(Thread.currentThread());
    GivenMemory memory = new GivenMemory(replies);
    ClosureRuntime closures = new ClosureRuntime(ClassLoader.getSystemClassLoader(), memory);
    KernelLine line = new KernelLine(replies, progress, closures::running);
    OpenLine.set(line);
    startControl(new ControlLoop(control, Thread.currentThread(), gate, memory, line), parent);
    replies.startFlusher(output::sendLines);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  output.endTask();
                  replies.flush();
                },
                "argosy/last-output"));
    TaskLoop.Parts parts =
        new TaskLoop.Parts(
            closures,
            replies,
            output,
            new Surroundings(output.out(), output.err()),
            new LeftoverThreads(),
            gate,
            progress,
            new Housekeeping(closures.counts()::largeBytes));
    new TaskLoop(data, parts).run();
    parent.leave();
  }

  private static SocketChannel connect(Path socket, Payload token, Channel channel)
      throws IOException {
    SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
    connection.connect(UnixDomainSocketAddress.of(socket));
    FrameOutput out = new FrameOutput();
    new Hello(
            Protocol.VERSION,
            token,
            channel,
            ProcessHandle.current().pid(),
            System.getProperty("java.version"))
        .write(out);
    out.writeTo(connection);
    return connection;
  }

  private static void startControl(ControlLoop control, Parent parent) {
    Thread thread =
        new Thread(
            () -> {
              try {
                control.run();
              } catch (IOException e) {
                // Whoever broke the connection off: there is nobody to work for.
              }
              parent.leaveUnreachable();
            },
            "argosy/control");
    thread.setDaemon(true);
    thread.start();
  }
}
