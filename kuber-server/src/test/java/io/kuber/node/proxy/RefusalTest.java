package io.kuber.node.proxy;

import static io.kuber.node.network.EchoServer.ask;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterSet.Element;
import io.kuber.linux.NetfilterSet.Packer;
import io.kuber.linux.NetfilterTables;
import io.kuber.linux.SyscallException;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What holds when the kernel refuses, the node's agent is killed, or others have tables too. */
@EnabledOnOs(OS.LINUX)
final class RefusalTest {
  private static final ServicePort WEB =
      ServicePort.of("default", "web", "http", Protocol.TCP, "10.96.0.42", 80, 0);
  private static final ServicePort OTHER =
      ServicePort.of("default", "other", "http", Protocol.TCP, "10.96.0.43", 80, 0);
  private static final String FOREIGN = "foreign";
  private static final int SEEDS = 40;
  private static final int CHANGES = 5;

  private ProxyBench bench;

  @BeforeEach
  void start() {
    bench = new ProxyBench();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private void commit(NetfilterBatch batch) {
    bench.node.run(
        () -> {
          try (NetfilterTables tables = NetfilterTables.open(bench.kernel)) {
            tables.commit("meddle", batch);
          }
        });
  }

  @Test
  void leavesOldRulesWhenTheKernelRefusesNewOnesAndWritesAllAnewNextTime() {
    bench.serve(WEB, bench.first);
    byte[] taken =
        new Packer(3)
            .address(Ipv4.parse("10.96.0.43").bits())
            .protocol(Protocol.TCP.number())
            .port(80)
            .pack();
    commit(
        new NetfilterBatch(ProxyBench.CONFIG.table())
            .addElements(NftTable.SERVICES, List.of(Element.goTo(taken, Treatment.DROP))));
    Services both =
        new Services(
            ProxyBench.NAME,
            "",
            List.of(
                new ServedPort(WEB, List.of(bench.second)),
                new ServedPort(OTHER, List.of(bench.second))));
    assertThatThrownBy(() -> bench.serve(both))
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("add 1, change 1, remove 0 service addresses")
        .hasMessageContaining("EEXIST");
    assertThat(ask(bench.client, "10.96.0.42", 80)).as("the old rules").startsWith("one ");
    bench.serve(both);
    assertThat(ask(bench.client, "10.96.0.42", 80)).startsWith("two ");
    assertThat(ask(bench.client, "10.96.0.43", 80)).startsWith("two ");
  }

  @Test
  void leavesTablesOfOthersAlone() {
    commit(new NetfilterBatch(FOREIGN).addTable().addChain("theirs"));
    bench.serve(WEB, bench.first);
    bench.restart();
    bench.serve(WEB, bench.second);
    bench.end();
    assertThatCode(() -> commit(new NetfilterBatch(FOREIGN).deleteChain("theirs")))
        .as("the chain is still there to be deleted")
        .doesNotThrowAnyException();
  }

  @Test
  void keepsConnectionsThroughARestart() throws IOException {
    try (ServerSocket server = bench.one.call(() -> new ServerSocket(9000))) {
      Thread mirror = new Thread(() -> mirror(server), "mirror");
      mirror.setDaemon(true);
      mirror.start();
      ServicePort chat = ServicePort.of("default", "l", "", Protocol.TCP, "10.96.0.9", 90, 0);
      Backend backend = new Backend(bench.first.ip(), 9000);
      bench.serve(chat, backend);
      try (Socket socket = bench.client.call(() -> new Socket("10.96.0.9", 90))) {
        assertThat(say(socket, "before")).isEqualTo("before");
        bench.restart();
        assertThat(say(socket, "between")).isEqualTo("between");
        bench.serve(chat, backend);
        assertThat(say(socket, "after")).isEqualTo("after");
      }
    }
  }

  private static void mirror(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String say(Socket socket, String word) throws IOException {
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write((word + "\n").getBytes(UTF_8));
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
  }

  @Test
  void acceptsWhateverIsPlanned() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      RandomServices random = new RandomServices(new Random(seed));
      Services services = random.next();
      for (int change = 0; change < CHANGES; change++) {
        Services next = services;
        assertThatCode(() -> bench.serve(next))
            .as("seed %d: %s", seed, next)
            .doesNotThrowAnyException();
        services = random.after(services);
      }
    }
  }
}
