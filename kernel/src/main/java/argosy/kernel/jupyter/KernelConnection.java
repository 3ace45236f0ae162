package argosy.kernel.jupyter;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/// The sockets of a kernel. basekernel's own, where they are of the right kind, but read and
/// written by one thread that blocks instead of five that sleep; its publishing socket is replaced
/// by one that hears of subscriptions.
final class KernelConnection extends JupyterConnection {

  /// basekernel writes a line for each message. Held here, since loggers are collected as garbage.
  private static final Logger NOISE = JupyterSocket.JUPYTER_LOGGER;

  static {
    NOISE.setLevel(Level.OFF);
  }

  /// How long the last messages may take to leave when the connection closes.
  private static final int LINGER_MILLIS = 250;

  /// Larger messages end their sender's connection before memory is reserved for them.
  private static final long MAX_MESSAGE_BYTES =
      Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 4);

  private final ConnectionFile file;
  private final ZMQ.Context publishing = ZMQ.context(1);
  private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
  private final IoPubSocket subscribers;
  private final SocketLoop loop;

  KernelConnection(ConnectionFile file, SocketLoop.Receiver receiver)
      throws NoSuchAlgorithmException, InvalidKeyException {
    super(file.unsigned());
    this.file = file;
    subscribers = new IoPubSocket(publishing);
    sockets.put(Channel.SHELL, shell);
    sockets.put(Channel.CONTROL, control);
    sockets.put(Channel.STDIN, stdin);
    sockets.put(Channel.IOPUB, subscribers);
    sockets.put(Channel.HEARTBEAT, heartbeat);
    sockets.values().forEach(this::configure);
    stdin.setRouterMandatory(true);
    List.of(shell, control, stdin).forEach(router -> router.setRouterHandover(true));
    loop = new SocketLoop(sockets, receiver);
  }

  private void configure(ZMQ.Socket socket) {
    socket.setSndHWM(0);
    socket.setLinger(LINGER_MILLIS);
    socket.setMaxMsgSize(MAX_MESSAGE_BYTES);
    ConnectionFile.Curve curve = file.curve();
    if (curve != null) {
      socket.setCurveServer(true);
      socket.setCurvePublicKey(key(curve.publicKey()));
      socket.setCurveSecretKey(key(curve.secretKey()));
    }
  }

  private static byte[] key(String z85) {
    return ZMQ.Curve.z85Decode(z85);
  }

  /// Binds every socket.
  void bind() throws KernelStartException {
    for (Map.Entry<Channel, ZMQ.Socket> entry : sockets.entrySet()) {
      String address = file.address(entry.getKey());
      try {
        entry.getValue().bind(address);
      } catch (ZMQException | IllegalArgumentException e) {
        throw new KernelStartException(
            "Cannot listen on "
                + address
                + " for the "
                + entry.getKey().label()
                + " channel ("
                + e.getMessage()
                + "); another process may use the port: start the kernel again.",
            e);
      }
    }
  }

  /// Starts to receive.
  @Override
  public void connect() {
    loop.start();
  }

  /// As [SocketLoop#send].
  void send(Channel channel, List<byte[]> frames) {
    loop.send(channel, frames);
  }

  /// As [SocketLoop#afterInput].
  void afterInput(Runnable action) {
    loop.afterInput(action);
  }

  /// Sends what waits to be sent, then closes every socket. Takes no longer than the linger.
  @Override
  public void close() {
    loop.close();
    subscribers.close();
    super.close();
    publishing.close();
  }
}
