package io.kuber.kuard;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the name server of a {@code resolv.conf}, as the original does: the name in each search
 * domain and then the name itself, until there is an answer. A name that ends in a dot is asked as
 * it is.
 */
record Resolver(Path configuration, int port) {
  static final int DNS_PORT = 53;
  private static final int MAX_MESSAGE = 65535;
  private static final int TIMEOUT_MILLIS = 2000;
  private static final int TRIES = 2;
  private static final int MAX_SEARCHED = 32;

  private record Configuration(List<InetAddress> servers, List<String> domains) {}

  /** The answer as dig would show it. Refused with 502 when no name server answers. */
  String ask(String type, String name) throws IOException {
    DnsType wanted = DnsType.of(type);
    Configuration found = configuration(configuration);
    String told = "";
    for (String candidate : candidates(name.strip(), found.domains)) {
      DnsMessage answer = ask(found.servers, candidate, wanted);
      told = answer.told();
      if (answer.answers() > 0) {
        break;
      }
    }
    return told;
  }

  private DnsMessage ask(List<InetAddress> servers, String name, DnsType type) {
    int id = new SecureRandom().nextInt(1 << 16);
    byte[] question = DnsMessage.question(id, name, type);
    String why = "no name server in " + configuration;
    for (int i = 0; i < TRIES * servers.size(); i++) {
      InetAddress server = servers.get(i % servers.size());
      try {
        DnsMessage answer = overUdp(server, question, id);
        return answer.isTruncated() ? overTcp(server, question) : answer;
      } catch (IOException e) {
        why = "name server " + server.getHostAddress() + " for " + name + ": " + e.getMessage();
      }
    }
    throw new Refusal(502, why);
  }

  private DnsMessage overUdp(InetAddress server, byte[] question, int id) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(server, port));
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
      for (int strangers = 0; strangers < TRIES; strangers++) {
        socket.receive(packet);
        DnsMessage answer = DnsMessage.read(packet.getData(), packet.getLength());
        if (answer.id() == id) {
          return answer;
        }
      }
      throw new SocketTimeoutException("only answers to other questions");
    }
  }

  private DnsMessage overTcp(InetAddress server, byte[] question) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      ByteBuffer framed = ByteBuffer.allocate(Short.BYTES + question.length);
      socket
          .getOutputStream()
          .write(framed.putShort((short) question.length).put(question).array());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return DnsMessage.read(answer, answer.length);
    }
  }

  private static List<String> candidates(String name, List<String> domains) {
    if (name.isEmpty() || name.endsWith(".")) {
      return List.of(name.isEmpty() ? "." : name);
    }
    List<String> candidates = new ArrayList<>();
    domains.forEach(domain -> candidates.add(name + "." + domain));
    candidates.add(name);
    return candidates;
  }

  private static Configuration configuration(Path file) throws IOException {
    List<InetAddress> servers = new ArrayList<>();
    List<String> domains = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split("\\s+");
      if (words[0].equals("nameserver") && words.length > 1) {
        servers.add(InetAddress.getByName(words[1]));
      } else if (words[0].equals("search") || words[0].equals("domain")) {
        domains = new ArrayList<>(List.of(words).subList(1, words.length));
      }
    }
    return new Configuration(servers, domains.subList(0, Math.min(domains.size(), MAX_SEARCHED)));
  }
}
