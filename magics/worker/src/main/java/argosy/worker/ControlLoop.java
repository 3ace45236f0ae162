package argosy.worker;

import argosy.wire.FrameInput;
import argosy.wire.FrameOutput;
import argosy.wire.FromWorker;
import argosy.wire.FromWorker.ThreadsDumped;
import argosy.wire.Protocol;
import argosy.wire.ThreadReport;
import argosy.wire.ToWorker;
import argosy.wire.ToWorker.CancelTask;
import argosy.wire.ToWorker.DumpThreads;
import argosy.wire.ToWorker.GiveAnswer;
import argosy.wire.ToWorker.GiveMemory;
import argosy.wire.ToWorker.RecallTasks;
import argosy.wire.ToWorker.SkipTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Reads what must reach a worker while a task runs, on a thread that no task can keep busy.
final class ControlLoop {

  private final SocketChannel channel;
  private final Thread runner;
  private final TaskGate gate;
  private final GivenMemory memory;
  private final KernelLine line;
  private final FrameOutput out = new FrameOutput();

  /// @param channel blocking
  /// @param runner the thread that runs tasks
  ControlLoop(
      SocketChannel channel, Thread runner, TaskGate gate, GivenMemory memory, KernelLine line) {
    this.channel = channel;
    this.runner = runner;
    this.gate = gate;
    this.memory = memory;
    this.line = line;
  }

  /// Runs until the kernel closes the channel.
  void run() throws IOException {
    FrameInput input = new FrameInput(Protocol.MAX_FRAME_BYTES);
    while (input.fill(channel) >= 0) {
      for (ByteBuffer frame; (frame = input.next()) != null; ) {
        ToWorker message = ToWorker.read(frame);
        if (message instanceof CancelTask cancel) {
          gate.cancel(cancel.task());
        } else if (message instanceof SkipTask skip) {
          gate.skip(skip.task());
        } else if (message instanceof RecallTasks recall) {
          answer(gate.recall(recall.tasks(), recall.places()));
        } else if (message instanceof GiveMemory given) {
          memory.given(given.memory());
        } else if (message instanceof GiveAnswer answer) {
          line.answered(answer);
        } else if (message instanceof DumpThreads dump) {
          answer(new ThreadsDumped(dump.request(), report()));
        }
      }
    }
  }

  private void answer(FromWorker message) throws IOException {
    message.write(out);
    boolean unused = out.writeTo(channel); // all of it, for the channel blocks
  }

  private String report() {
    try {
      return ThreadReport.startingWith(runner);
    } catch (RuntimeException | Error e) {
      // This thread has more to do than that.
      return "its threads cannot be listed: " + e + "\n";
    }
  }
}
