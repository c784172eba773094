package io.kuber.engine.network;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A question to a name server, as a container's resolver asks it. */
final class Lookup {
  private static final int PORT = 53;
  private static final int PATIENCE_MILLIS = 60_000;

  private Lookup() {}

  /** The IPv4 address that a server answers last; {@code none} where it has none. */
  static String address(String server, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream query = new DataOutputStream(bytes);
    query.writeLong(0x1234_0100_0001_0000L);
    query.writeInt(0);
    query.writeByte(name.length());
    query.write(name.getBytes(StandardCharsets.US_ASCII));
    query.writeByte(0);
    query.writeInt(0x0001_0001);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      InetAddress to = InetAddress.getByName(server);
      socket.send(new DatagramPacket(bytes.toByteArray(), bytes.size(), to, PORT));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      socket.receive(answer);
      byte[] data = answer.getData();
      int count = data[7];
      byte[] last = Arrays.copyOfRange(data, answer.getLength() - 4, answer.getLength());
      return count == 0 ? "none" : InetAddress.getByAddress(last).getHostAddress();
    }
  }
}
