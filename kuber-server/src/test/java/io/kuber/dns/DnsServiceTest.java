package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.linux.Syscalls;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.Protocol;
import io.kuber.node.network.TestNamespace;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServicePort;
import io.kuber.node.proxy.ServiceProxies;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.node.proxy.Services;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** All of a node's network together: a pod asks cluster DNS at its service address. */
@EnabledOnOs(OS.LINUX)
final class DnsServiceTest {
  private static final PodNetworkConfig NETWORK = PodNetworkConfig.standard("kuber0");
  private static final ServicePort KUBE_DNS =
      ServicePort.of("kube-system", "kube-dns", "dns", Protocol.UDP, "10.96.0.10", 53, 0);

  @Test
  void answersPodAtTheServiceAddress() {
    Syscalls kernel = Syscalls.linux();
    try (TestNamespace node = TestNamespace.create();
        TestNamespace pod = TestNamespace.create()) {
      PodNetwork network = node.call(() -> PodNetwork.open(kernel, NETWORK));
      network.attach("pod", pod.path());
      DnsServer server = node.call(DnsServiceTest::startOnBridge);
      ServiceProxy proxy = node.call(() -> ServiceProxies.open(kernel, ProxyConfig.of(NETWORK)));
      assertThat(proxy.description()).isEqualTo("nf_tables, table kuber0-services");

      Backend backend = new Backend(NETWORK.gateway().toString(), server.address().getPort());
      proxy.update(Services.of(List.of(KUBE_DNS), Map.of(KUBE_DNS.key(), List.of(backend))));

      assertThat(pod.call(DnsServiceTest::askForWeb)).hasSize(1);
      assertThat(node.call(DnsServiceTest::askForWeb)).as("the node itself").hasSize(1);
      server.close();
    }
  }

  private static DnsServer startOnBridge() {
    InetSocketAddress gateway = new InetSocketAddress(NETWORK.gateway().inet(), 0);
    return DnsServer.start(
        new DnsServerConfig(gateway, List.of(), Duration.ofSeconds(1)), Zones.sample());
  }

  private static List<DnsRecord> askForWeb() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(30_000);
      socket.connect(InetAddress.getByName("10.96.0.10"), 53);
      byte[] query = DnsWriter.query(1, "web.default.svc.cluster.local", DnsType.A);
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      socket.receive(answer);
      return ForeignAnswer.records(Arrays.copyOf(answer.getData(), answer.getLength()));
    }
  }
}
