package io.kuber.node.proxy;

import static io.kuber.node.network.EchoServer.ask;
import static io.kuber.node.proxy.ProxyBench.NODE_ADDRESS;
import static io.kuber.node.proxy.ProxyBench.WORLD_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.node.network.Protocol;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ports of the node that pods have, reached by real connections. */
@EnabledOnOs(OS.LINUX)
final class HostPortTest {
  private static final int HOST_PORT = 8081;
  private static final String GATEWAY = ProxyBench.NETWORK.gateway().toString();

  private static ProxyBench bench;

  @BeforeAll
  static void start() {
    bench = new ProxyBench();
  }

  @AfterAll
  static void stop() {
    if (bench != null) {
      bench.close();
    }
  }

  private static void serve(String hostIp) {
    bench.serve(ServicePort.ofHost("default", "one", Protocol.TCP, hostIp, HOST_PORT), bench.first);
  }

  @Test
  void leadsEveryAddressOfTheNodeToThePod() {
    serve("");
    assertThat(ask(bench.world, NODE_ADDRESS, HOST_PORT)).isEqualTo("one " + WORLD_ADDRESS);
    assertThat(ask(bench.node, "127.0.0.1", HOST_PORT)).isEqualTo("one " + GATEWAY);
    assertThat(ask(bench.node, NODE_ADDRESS, HOST_PORT)).isEqualTo("one " + GATEWAY);
    assertThat(ask(bench.client, NODE_ADDRESS, HOST_PORT)).isEqualTo("one " + bench.clientAddress);
    assertThat(ask(bench.one, NODE_ADDRESS, HOST_PORT)).isEqualTo("one " + GATEWAY);
  }

  @Test
  void leadsOnlyTheAddressThatIsNamed() {
    serve(NODE_ADDRESS);
    assertThat(ask(bench.world, NODE_ADDRESS, HOST_PORT)).isEqualTo("one " + WORLD_ADDRESS);
    assertThatThrownBy(() -> ask(bench.node, "127.0.0.1", HOST_PORT))
        .hasCauseInstanceOf(ConnectException.class);
    serve("127.0.0.1");
    assertThat(ask(bench.node, "127.0.0.1", HOST_PORT)).isEqualTo("one " + GATEWAY);
    assertThatThrownBy(() -> ask(bench.world, NODE_ADDRESS, HOST_PORT))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void endsWithThePod() {
    serve("");
    assertThat(ask(bench.world, NODE_ADDRESS, HOST_PORT)).startsWith("one ");
    bench.serve(new Services(ProxyBench.NAME, "", List.of()));
    assertThatThrownBy(() -> ask(bench.world, NODE_ADDRESS, HOST_PORT))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void leavesANodePortToTheServiceThatHasIt() {
    ServicePort web = ServicePort.ofHost("default", "web", Protocol.TCP, "", HOST_PORT);
    ServicePort other = ServicePort.ofHost("default", "one", Protocol.TCP, "", HOST_PORT);
    bench.serve(
        new Services(ProxyBench.NAME, "", List.of(new ServedPort(web, List.of(bench.second))))
            .and(List.of(new ServedPort(other, List.of(bench.first)))));
    assertThat(ask(bench.world, NODE_ADDRESS, HOST_PORT)).startsWith("two ");
  }
}
