package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real questions over loopback, by the JDK's own DNS client and by hand. */
final class DnsServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final int PATIENCE_MILLIS = 30_000;

  /** A test waits for it where a resolver is silent; everywhere else an answer comes before. */
  private static final Duration RESOLVER_TIMEOUT = Duration.ofSeconds(2);

  /** Stands for the machine's resolver: kuber's own server with another zone. */
  private DnsServer outside;

  private DnsServer server;

  @BeforeEach
  void startServers() {
    DnsZone world =
        DnsZone.of(
            "com",
            List.of("example"),
            List.of(DnsService.withAddress("example", "www", "192.0.2.80", List.of())));
    outside = DnsServer.start(new DnsServerConfig(ANY_PORT, List.of(), RESOLVER_TIMEOUT), world);
    server = serving(outside.address());
  }

  private static DnsServer serving(InetSocketAddress... resolvers) {
    return DnsServer.start(
        new DnsServerConfig(ANY_PORT, List.of(resolvers), RESOLVER_TIMEOUT), Zones.sample());
  }

  @AfterEach
  void stopServers() {
    server.close();
    outside.close();
  }

  // JNDI wants a Hashtable; the answers are those of our own server.
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  private static List<String> ask(DnsServer server, String name, String type)
      throws NamingException {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + server.address().getPort());
    settings.put("com.sun.jndi.dns.timeout.initial", Integer.toString(PATIENCE_MILLIS));
    settings.put("com.sun.jndi.dns.timeout.retries", "1");
    InitialDirContext client = new InitialDirContext(settings);
    List<String> values = new ArrayList<>();
    Attribute found = client.getAttributes(name, new String[] {type}).get(type);
    if (found != null) {
      NamingEnumeration<?> all = found.getAll();
      while (all.hasMore()) {
        values.add(String.valueOf(all.next()));
      }
    }
    client.close();
    return values;
  }

  @Test
  void answersClientOfTheJdk() throws NamingException {
    assertThat(ask(server, "web.default.svc.cluster.local", "A")).containsExactly("10.96.0.42");
    assertThat(ask(server, "db.default.svc.cluster.local", "A"))
        .containsExactlyInAnyOrder("10.244.0.5", "10.244.0.6");
    assertThat(ask(server, "_http._tcp.web.default.svc.cluster.local", "SRV"))
        .containsExactly("0 100 80 web.default.svc.cluster.local.");
    assertThat(ask(server, "web.default.svc.cluster.local", "AAAA")).isEmpty();
    assertThatThrownBy(() -> ask(server, "no.default.svc.cluster.local", "A"))
        .isInstanceOf(NameNotFoundException.class);
  }

  @Test
  void followsTheCluster() throws NamingException {
    DnsService web = DnsService.withAddress("default", "web", "10.96.0.43", List.of());
    server.update(DnsZone.of(DnsZone.DEFAULT_DOMAIN, List.of("default"), List.of(web)));
    assertThat(ask(server, "web.default.svc.cluster.local", "A")).containsExactly("10.96.0.43");
  }

  @Test
  void passesOtherNamesOn() throws NamingException {
    assertThat(ask(server, "www.example.svc.com", "A")).containsExactly("192.0.2.80");
    assertThatThrownBy(() -> ask(server, "ftp.example.svc.com", "A"))
        .isInstanceOf(NameNotFoundException.class);
  }

  @Test
  void followsAliasOutOfTheCluster() throws NamingException {
    DnsService search = DnsService.alias("default", "search", "www.example.svc.com");
    server.update(DnsZone.of(DnsZone.DEFAULT_DOMAIN, List.of("default"), List.of(search)));
    assertThat(ask(server, "search.default.svc.cluster.local", "CNAME"))
        .containsExactly("www.example.svc.com.");
    assertThat(ask(server, "search.default.svc.cluster.local", "A")).containsExactly("192.0.2.80");
  }

  @Test
  void asksTheNextResolverWhenOneIsSilent() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DnsServer patient =
            serving((InetSocketAddress) silent.getLocalSocketAddress(), outside.address())) {
      assertThat(ask(patient, "www.example.svc.com", "A")).containsExactly("192.0.2.80");
    }
  }

  @Test
  void remembersWhatOthersSaidUntilItAsksOthers() throws NamingException {
    assertThat(ask(server, "www.example.svc.com", "A")).containsExactly("192.0.2.80");
    outside.close();
    assertThat(ask(server, "WWW.example.svc.com", "A")).containsExactly("192.0.2.80");
    server.route(DnsRoutes.OF_MACHINE);
    assertThatThrownBy(() -> ask(server, "www.example.svc.com", "A"))
        .isInstanceOf(ServiceUnavailableException.class);
  }

  @Test
  void asksTheResolversOfAStubDomain() throws NamingException {
    try (DnsServer alone = serving()) {
      alone.route(new DnsRoutes(List.of(), Map.of("Svc.Com.", List.of(outside.address()))));
      assertThat(ask(alone, "www.example.svc.com", "A")).containsExactly("192.0.2.80");
      assertThatThrownBy(() -> ask(alone, "example.com", "SOA"))
          .isInstanceOf(ServiceUnavailableException.class);
    }
  }

  /** Other than what askers offer, a question of kuber's own fits no long answer. */
  @Test
  void followsAliasToALongAnswer() throws NamingException {
    List<DnsEndpoint> many =
        IntStream.rangeClosed(1, 60)
            .mapToObj(i -> new DnsEndpoint("192.0.2." + i, "", List.of()))
            .toList();
    outside.update(
        DnsZone.of(
            "com", List.of("example"), List.of(DnsService.headless("example", "all", many))));
    DnsService alias = DnsService.alias("default", "all", "all.example.svc.com");
    server.update(DnsZone.of(DnsZone.DEFAULT_DOMAIN, List.of("default"), List.of(alias)));
    assertThat(ask(server, "all.default.svc.cluster.local", "A")).hasSize(60);
  }

  @Test
  void failsWhenNobodyKnows() {
    try (DnsServer alone = serving()) {
      assertThatThrownBy(() -> ask(alone, "www.example.svc.com", "A"))
          .isInstanceOf(ServiceUnavailableException.class);
    }
  }

  @Test
  void answersOverTcpAsOftenAsAsked() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (int id = 1; id <= 3; id++) {
        byte[] query = DnsWriter.query(id, "db.default.svc.cluster.local", DnsType.A);
        out.writeShort(query.length);
        out.write(query);
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        assertThat(answer[1]).isEqualTo((byte) id);
        assertThat(ForeignAnswer.records(answer)).hasSize(2);
      }
    }
  }

  @Test
  void saysThatQueryIsMalformed() throws IOException {
    byte[] broken = new byte[12];
    broken[1] = 7;
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.send(new DatagramPacket(broken, broken.length, server.address()));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      socket.receive(answer);
      assertThat(answer.getData()[1]).isEqualTo((byte) 7);
      assertThat(answer.getData()[3] & 0xf).isEqualTo(DnsAnswer.Code.FORMAT_ERROR.number());
    }
  }

  @Test
  void namesAddressThatIsTaken() {
    DnsServerConfig taken = new DnsServerConfig(server.address(), List.of(), Duration.ofSeconds(1));
    assertThatThrownBy(() -> DnsServer.start(taken, Zones.sample()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("DNS cannot listen on udp");
  }
}
