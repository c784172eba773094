package io.kuber.node.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Opens connections for probes, and says of failures what Go says, which people know. */
final class Connection {
  private Connection() {}

  /** Connects within the time, which then also limits each read. */
  static Socket open(String host, int port, Duration timeout) throws IOException {
    int millis = (int) Math.max(1, timeout.toMillis());
    String address = host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(millis);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), millis);
      return socket;
    } catch (SocketTimeoutException e) {
      socket.close();
      throw new IOException("dial tcp " + address + ": i/o timeout", e);
    } catch (ConnectException e) {
      socket.close();
      throw new IOException("dial tcp " + address + ": connect: connection refused", e);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
