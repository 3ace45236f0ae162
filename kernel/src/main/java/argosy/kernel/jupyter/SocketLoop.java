package argosy.kernel.jupyter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/// The thread that owns the sockets: it alone reads them and writes to them, and does nothing else.
/*
 * Waiting. A JeroMQ socket has a channel that becomes readable when something may have happened,
 * and a flag that says what. One selector watches all five; another thread that has something to
 * send puts it into a queue and wakes the selector. ZMQ's own poller cannot be woken, and writing
 * to a pipe instead would be closed by the first interrupt of a cell's thread.
 *
 * Sending, too, hears what has happened and clears the mark of it in the channel. So what comes in
 * is looked at after everything that was sent, or an answer could lie there and nothing would say
 * so. And that the client of a question has come may be heard by reading: a question that waits is
 * tried again after a moment.
 *
 * Failure. No message may end the loop: whatever it throws is logged and the message dropped.
 */
final class SocketLoop implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(SocketLoop.class.getName());

  /// After this a question that has not found its client is tried again.
  private static final int QUESTION_MILLIS = 20;

  /// Called on the thread of the sockets, so it must return soon.
  @FunctionalInterface
  interface Receiver {
    void received(Channel channel, List<byte[]> frames);
  }

  private sealed interface Work {
    record Send(Channel channel, List<byte[]> frames) implements Work {}

    record AfterInput(Runnable action) implements Work {}
  }

  private final Map<Channel, ZMQ.Socket> sockets;
  private final Receiver receiver;
  private final Selector selector;
  private final Queue<Work> work = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;

  /// The last question to a user, while it has not found its client; confined to the thread.
  private @Nullable List<byte[]> question;

  SocketLoop(Map<Channel, ZMQ.Socket> sockets, Receiver receiver) {
    this.sockets = new EnumMap<>(sockets);
    this.receiver = receiver;
    try {
      selector = Selector.open();
      for (ZMQ.Socket socket : sockets.values()) {
        socket.getFD().register(selector, SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch the sockets", e);
    }
    thread = new Thread(this::run, "argosy/sockets");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /// Sends a message. Never blocks; any thread, also one that has been interrupted. What a
  /// [Receiver] sends goes before what waits to be sent.
  void send(Channel channel, List<byte[]> frames) {
    if (Thread.currentThread().equals(thread)) {
      write(channel, frames);
    } else {
      submit(new Work.Send(channel, List.copyOf(frames)));
    }
  }

  /// Runs a short action on the thread of the sockets after everything that has come in by now has
  /// been received.
  void afterInput(Runnable action) {
    submit(new Work.AfterInput(action));
  }

  private void submit(Work item) {
    work.add(item);
    selector.wakeup();
  }

  /// Sends what waits to be sent and ends the thread. The sockets stay open.
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The selector did not close", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      last = closing;
      try {
        boolean busy = work();
        busy |= receive();
        busy |= deliverQuestion();
        if (!busy && !last) {
          await();
        }
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A socket failed", e);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "The sockets cannot be watched any longer", e);
        return;
      }
    }
  }

  /// Blocks until something comes in or somebody wakes this thread.
  private void await() throws IOException {
    selector.select(question == null ? 0 : QUESTION_MILLIS);
    selector.selectedKeys().clear();
    Thread.interrupted();
  }

  private boolean work() {
    boolean any = false;
    for (Work item = work.poll(); item != null; item = work.poll()) {
      any = true;
      switch (item) {
        case Work.Send(Channel channel, List<byte[]> frames) -> write(channel, frames);
        case Work.AfterInput(Runnable action) -> {
          receive();
          action.run();
        }
      }
    }
    return any;
  }

  private void write(Channel channel, List<byte[]> frames) {
    if (channel == Channel.STDIN) {
      question = frames;
      deliverQuestion();
    } else {
      if (channel == Channel.IOPUB) {
        // A new subscriber is to be greeted before it gets anything else.
        receiveAll(channel, socket(channel));
      }
      writeNow(channel, frames);
    }
  }

  /// Tries to send the last question. Its client may have opened its other channels first, and then
  /// the question waits until the one for questions is open too.
  ///
  /// @return whether it was sent
  private boolean deliverQuestion() {
    List<byte[]> frames = question;
    if (frames == null || !writeNow(Channel.STDIN, frames)) {
      return false;
    }
    question = null;
    return true;
  }

  /// {@return whether the message has a receiver, as far as the socket can tell}
  private boolean writeNow(Channel channel, List<byte[]> frames) {
    ZMQ.Socket socket = socket(channel);
    try {
      int last = frames.size() - 1;
      for (int i = 0; i <= last; i++) {
        if (!socket.send(frames.get(i), i < last ? ZMQ.DONTWAIT | ZMQ.SNDMORE : ZMQ.DONTWAIT)) {
          return false;
        }
      }
      return true;
    } catch (ZMQException e) {
      LOG.log(Level.DEBUG, () -> "Could not send a message on " + channel.label(), e);
      return false;
    }
  }

  private boolean receive() {
    boolean any = false;
    for (Map.Entry<Channel, ZMQ.Socket> entry : sockets.entrySet()) {
      any |= receiveAll(entry.getKey(), entry.getValue());
    }
    return any;
  }

  private boolean receiveAll(Channel channel, ZMQ.Socket socket) {
    boolean any = false;
    while ((socket.getEvents() & ZMQ.Poller.POLLIN) != 0) {
      any = true;
      receive(channel, socket);
    }
    return any;
  }

  private ZMQ.Socket socket(Channel channel) {
    return Objects.requireNonNull(sockets.get(channel), channel::label);
  }

  private void receive(Channel channel, ZMQ.Socket socket) {
    try {
      List<byte[]> frames = new ArrayList<>();
      do {
        byte[] frame = socket.recv(ZMQ.DONTWAIT);
        if (frame == null) {
          return;
        }
        frames.add(frame);
      } while (socket.hasReceiveMore());
      if (channel == Channel.HEARTBEAT) {
        write(channel, frames);
      } else {
        receiver.received(channel, frames);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, () -> "Dropped what came on " + channel.label(), e);
    }
  }
}
