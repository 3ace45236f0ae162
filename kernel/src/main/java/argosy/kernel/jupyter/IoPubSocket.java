package argosy.kernel.jupyter;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import java.util.logging.Logger;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/// The publishing socket, which hears of subscriptions.
final class IoPubSocket extends JupyterSocket {

  IoPubSocket(ZMQ.Context context) {
    super(
        context,
        SocketType.XPUB,
        HMACGenerator.NO_AUTH_INSTANCE,
        Logger.getLogger(IoPubSocket.class.getName()));
    setXpubVerbose(true);
  }

  @Override
  public void bind(KernelConnectionProperties properties) {
    bind(formatAddress(properties.getTransport(), properties.getIp(), properties.getIopubPort()));
  }
}
