package io.kuber.server.reach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Access;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.node.endpoint.NodeEndpoint;
import io.kuber.node.endpoint.NodeErrors;
import io.kuber.node.endpoint.NodeGate;
import io.kuber.node.endpoint.NodeView;
import io.kuber.node.stats.LivePod;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.RenewedKeys;
import io.kuber.server.tunnel.LocalGateway;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server of the API connects to a port of a pod by way of the pod's node, which is elsewhere. */
@Timeout(60)
final class DialTest {
  private static final PodRef POD = new PodRef("shop", "web", "u-1", "n1");
  private static final byte[] LONG = new byte[3_000_000];

  @TempDir private static Path directory;
  private static ClusterTrust trust;
  private NodeEndpoint endpoint;
  private HttpServer server;
  private LocalStore store;
  private NodesElsewhere nodes;
  private ServerSocket pod;

  /** Asked for nothing but by those who show a certificate of the cluster's masters. */
  private static final class Masters implements Authorizer {
    @Override
    public Ruling rule(User user, Deed deed) {
      return user.groups().contains(User.MASTERS) ? Ruling.ALLOWED : Ruling.REFUSED;
    }

    @Override
    public Rights rights(User user, String namespace) {
      return Rights.NONE;
    }
  }

  @BeforeAll
  static void trust() throws Exception {
    new Random(1).nextBytes(LONG);
    trust = ClusterTrust.open(directory.resolve("pki"), List.of("127.0.0.1"), Instant.now());
  }

  @BeforeEach
  void start() throws Exception {
    KubeObject object = object("Pod, metadata: {name: web, namespace: shop, uid: u-1}");
    endpoint =
        new NodeEndpoint(
            new NodeView(
                "n1",
                "cluster.local",
                Instant.now(),
                () -> List.of(new LivePod(object, Map.of(), directory, Map.of())),
                Optional::empty,
                new LocalGateway(),
                directory),
            InstantSource.system());
    Identity shown = trust.node("n1", List.of("127.0.0.1"), Instant.now());
    TlsConfig tls =
        new TlsConfig(
            shown.key(), List.of(shown.certificate()), List.of(trust.authority().certificate()));
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress("127.0.0.1", 0), tls)
                .withErrors(new NodeErrors()),
            new NodeGate(
                "n1",
                new Access((token, audiences) -> new Refused(""), TokenIssuer.NONE, new Masters()),
                endpoint));
    store = new LocalStore();
    KubeObject node =
        object(
            "Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address:"
                + " 127.0.0.1}], daemonEndpoints: {kubeletEndpoint: {Port: "
                + server.port()
                + "}}}");
    store
        .submit(
            new Command.Put(Resources.NODES.key("", "n1"), Command.ABSENT, Json.print(node.tree())))
        .toCompletableFuture()
        .join();
    nodes =
        new NodesElsewhere(
            store,
            new NodeDialer(
                new RenewedKeys(trust.clientOfNodes(Instant.now())),
                trust.authority().certificatePem(),
                InstantSource.system()));
    pod = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static KubeObject object(String text) {
    return KubeObject.of(Yaml.parse(("{apiVersion: v1, kind: " + text + "}").getBytes(UTF_8)));
  }

  @AfterEach
  void stop() throws IOException {
    pod.close();
    nodes.close();
    server.close();
    endpoint.close();
    store.close();
  }

  /** What a program in the pod does with the one connection that it gets. */
  private interface Program {
    byte[] talk(Socket socket) throws IOException;
  }

  private CompletableFuture<byte[]> runs(Program program) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket socket = pod.accept()) {
            return program.talk(socket);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void passesTheEndOfWhatIsAskedOnAndThenTheAnswer() throws Exception {
    CompletableFuture<byte[]> asked =
        runs(
            socket -> {
              byte[] all = socket.getInputStream().readAllBytes();
              socket.getOutputStream().write(LONG);
              return all;
            });
    try (PodConnection connection = nodes.connect(POD, pod.getLocalPort())) {
      connection.output().write(LONG);
      connection.output().close();
      assertThat(asked.get()).isEqualTo(LONG);
      assertThat(connection.input().readAllBytes()).isEqualTo(LONG);
    }
  }

  @Test
  void passesOnWhatIsSaidMeanwhile() throws Exception {
    CompletableFuture<byte[]> asked =
        runs(
            socket -> {
              byte[] first = socket.getInputStream().readNBytes(4);
              socket.getOutputStream().write(first);
              return socket.getInputStream().readNBytes(4);
            });
    try (PodConnection connection = nodes.connect(POD, pod.getLocalPort())) {
      connection.output().write("ping".getBytes(UTF_8));
      assertThat(connection.input().readNBytes(4)).isEqualTo("ping".getBytes(UTF_8));
      connection.output().write("pong".getBytes(UTF_8));
      assertThat(asked.get()).isEqualTo("pong".getBytes(UTF_8));
      assertThat(connection.input().read()).isEqualTo(-1);
    }
  }

  /** A program that waits for no end would be talking to nobody for ever. */
  @Test
  void cutsThePodOffWhenTheServerIsGone() throws Exception {
    CompletableFuture<byte[]> talk =
        runs(
            socket -> {
              socket.getInputStream().readAllBytes();
              while (true) {
                socket.getOutputStream().write(LONG);
              }
            });
    PodConnection connection = nodes.connect(POD, pod.getLocalPort());
    connection.output().write("ping".getBytes(UTF_8));
    connection.close();

    assertThatThrownBy(talk::get).hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void saysWhenNobodyListens() throws Exception {
    int port = pod.getLocalPort();
    pod.close();
    assertThatThrownBy(() -> nodes.connect(POD, port)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> nodes.connect(new PodRef("shop", "web", "u-2", "n1"), port))
        .hasMessageContaining("web");
  }
}
