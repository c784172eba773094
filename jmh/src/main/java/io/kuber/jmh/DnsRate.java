package io.kuber.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.dns.DnsEndpoint;
import io.kuber.dns.DnsPort;
import io.kuber.dns.DnsServer;
import io.kuber.dns.DnsServerConfig;
import io.kuber.dns.DnsService;
import io.kuber.dns.DnsZone;
import io.kuber.load.Latencies;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How many questions a second cluster DNS answers over UDP on loopback, and how long the asker
 * waits. One thread asks, with so many questions under way; it takes as much of the processors as
 * the server does, so the server's own processor time says what it could do alone. Arguments:
 * services, seconds per row.
 */
public final class DnsRate {
  private static final int IN_FLIGHT = 64;
  private static final int CHANGES = 100;
  private static final int A = 1;
  private static final int SRV = 33;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private DnsRate() {}

  /** Measures and prints. */
  public static void main(String[] args) throws IOException {
    int services = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    List<DnsService> all = services(services);
    long begun = System.nanoTime();
    DnsZone zone = DnsZone.of(DnsZone.DEFAULT_DOMAIN, List.of("default"), all);
    System.out.printf(
        Locale.ROOT,
        "names of %,d services made in %d ms%n%n",
        services,
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
    change(zone, all);
    DnsZone world =
        DnsZone.of("com", List.of("example"), List.of(service("example", "www", "192.0.2.80")));
    System.out.println("| question | queries/s | p50, us | p99, us | server's processor, us |");
    System.out.println("|---|---|---|---|---|");
    try (DnsServer others = DnsServer.start(config(List.of()), world);
        DnsServer server = DnsServer.start(config(List.of(others.address())), zone)) {
      String name = "s" + services / 2 + ".default.svc.cluster.local";
      ask(server, query(name, A), seconds); // The first row would carry all of the compiler's work.
      row(server, "a Service", query(name, A), seconds);
      row(
          server,
          "ports of pods (SRV)",
          query("_http._tcp.pods.default.svc.cluster.local", SRV),
          seconds);
      row(server, "a name that is not there", query("no.default.svc.cluster.local", A), seconds);
      row(server, "a name of others, remembered", query("www.example.svc.com", A), seconds);
    }
  }

  /** What the change of one service costs, and what it would cost to make all names anew. */
  private static void change(DnsZone zone, List<DnsService> all) {
    long[] one = new long[CHANGES];
    long[] anew = new long[CHANGES];
    int names = 0;
    for (int i = 0; i < CHANGES; i++) {
      long begun = System.nanoTime();
      names += zone.with(service("default", "s" + i, "10.111.0.1")).domain().length();
      one[i] = System.nanoTime() - begun;
      begun = System.nanoTime();
      names += DnsZone.of(DnsZone.DEFAULT_DOMAIN, List.of("default"), all).domain().length();
      anew[i] = System.nanoTime() - begun;
    }
    Arrays.sort(one);
    Arrays.sort(anew);
    System.out.printf(
        Locale.ROOT,
        "one change %.1f us, all anew %.1f ms (medians of %d)%n%n",
        one[CHANGES / 2] / 1e3,
        anew[CHANGES / 2] / 1e6,
        names / DnsZone.DEFAULT_DOMAIN.length() / 2);
  }

  private static DnsServerConfig config(List<InetSocketAddress> resolvers) {
    return new DnsServerConfig(LOOPBACK, resolvers, Duration.ofSeconds(2));
  }

  private static DnsService service(String namespace, String name, String ip) {
    return DnsService.withAddress(namespace, name, ip, List.of(new DnsPort("http", "TCP", 80)));
  }

  private static List<DnsService> services(int count) {
    List<DnsService> services = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      services.add(
          service(
              "default",
              "s" + i,
              "10." + (96 + (i >> 16)) + "." + (i >> 8 & 255) + "." + (i & 255)));
    }
    List<DnsPort> http = List.of(new DnsPort("http", "TCP", 8080));
    services.add(
        DnsService.headless(
            "default",
            "pods",
            List.of(
                new DnsEndpoint("10.244.0.1", "pod-0", http),
                new DnsEndpoint("10.244.0.2", "pod-1", http),
                new DnsEndpoint("10.244.0.3", "pod-2", http))));
    return services;
  }

  /** A question without EDNS, whose identifier is set when it is sent. */
  private static byte[] query(String name, int type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int word : new int[] {0, 0x0100, 1, 0, 0, 0}) {
      out.writeShort(word);
    }
    for (String label : name.split("\\.", -1)) {
      out.writeByte(label.length());
      out.write(label.getBytes(US_ASCII));
    }
    out.writeByte(0);
    out.writeShort(type);
    out.writeShort(1);
    return bytes.toByteArray();
  }

  private static void row(DnsServer server, String what, byte[] query, int seconds)
      throws IOException {
    ask(server, query, Math.max(1, seconds / 2));
    long processor = ofServers();
    long begun = System.nanoTime();
    Latencies latencies = ask(server, query, seconds);
    double passed = System.nanoTime() - begun;
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %.0f | %.0f | %.1f |%n",
        what,
        latencies.count() * 1e9 / passed,
        latencies.percentile(50) / 1000,
        latencies.percentile(99) / 1000,
        (ofServers() - processor) / 1000.0 / latencies.count());
  }

  private static Latencies ask(DnsServer server, byte[] query, int seconds) throws IOException {
    Latencies latencies = new Latencies();
    long[] sent = new long[IN_FLIGHT];
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server.address());
      DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
      for (int id = 0; id < IN_FLIGHT; id++) {
        send(socket, query, id, sent);
      }
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      while (System.nanoTime() < end) {
        socket.receive(answer);
        int id = answer.getData()[1];
        latencies.add(System.nanoTime() - sent[id]);
        send(socket, query, id, sent);
      }
    }
    return latencies;
  }

  private static void send(DatagramSocket socket, byte[] query, int id, long[] sent)
      throws IOException {
    query[1] = (byte) id;
    sent[id] = System.nanoTime();
    socket.send(new DatagramPacket(query, query.length));
  }

  /** The processor time of all threads that answer, in nanoseconds. */
  private static long ofServers() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("dns-")) {
        sum += threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return sum;
  }
}
