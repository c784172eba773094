package io.kuber.jmh;

import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import io.kuber.http.Headers;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.Request;
import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.ConversionReviews;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.route.Health;
import io.kuber.server.route.ListStreams;
import io.kuber.server.route.PodStreams;
import io.kuber.server.route.Router;
import io.kuber.server.route.TokenKeys;
import io.kuber.server.route.Version;
import io.kuber.server.route.WatchStreams;
import io.kuber.server.tunnel.Tunnels;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that the API server does with a request between its socket and its disk: routes, bodies,
 * admission, a store in memory, and answers as bytes. One thread owns it and does all the work.
 */
final class InProcessServer {
  private static final Peer PEER = Peer.plain(InetSocketAddress.createUnresolved("localhost", 0));
  private static final User USER = new User("bench", List.of("system:masters"));

  final LocalStore store = new LocalStore();
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-11-21T00:00:00Z"));
  private final Router router;

  InProcessServer() {
    WatchHub hub = WatchHub.of(store);
    CustomCatalogue catalogue =
        new CustomCatalogue(
            store, BuiltInKinds.catalogue(), new CustomKinds(ConversionReviews.NONE), hub::end);
    Api api = new Api(store, hub, catalogue, AdmissionChain.standard(loops), loops);
    Tunnels tunnels = new Tunnels(new NoGateway(), loops.clock());
    router =
        new Router(
            api,
            new WatchStreams(loops),
            new ListStreams(loops),
            new PodStreams(api, store, tunnels),
            new Health(Map.of(), Map.of()),
            new TokenKeys(() -> Tree.EMPTY, TokenIssuer.NAME),
            new ServerMetrics(Version.GIT_VERSION),
            loops.clock());
  }

  /** Sends a request and waits for all of its answer. */
  CountedExchange send(String method, String target, byte[] body, String... headers) {
    CountedExchange exchange = begin(method, target, body, headers);
    loops.settle();
    return exchange.whole();
  }

  /** Sends a request whose answer has no end. */
  CountedExchange begin(String method, String target, byte[] body, String... headers) {
    Request request =
        new Request(method, target, Headers.of(headers), body, Protocol.HTTP_1_1, PEER);
    CountedExchange exchange = new CountedExchange(request);
    ServerRequest served = new ServerRequest(exchange, RequestPath.of(request.segments()), USER);
    try {
      router.handle(served);
    } catch (Exception e) {
      throw new IllegalStateException(request + " failed", e);
    }
    return exchange;
  }

  /** Carries on with all that is under way. */
  void settle() {
    loops.settle();
  }

  /** Puts a Pod like the sample into the store, under another name, past admission. */
  void addPod(KubeObject sample, String namespace, String name) {
    Tree metadata = sample.metadata().with("name", name).with("namespace", namespace);
    Tree pod = Tree.of("kind", "Pod", "apiVersion", "v1", "metadata", metadata);
    byte[] value = Json.print(pod.with("spec", sample.spec()).with("status", sample.status()));
    store
        .submit(new Command.Put(new Key("pods", namespace, name), Command.ABSENT, value))
        .toCompletableFuture()
        .join();
  }

  private static final class NoGateway implements NodeGateway {
    @Override
    public RemoteProcess exec(PodRef pod, String container, ExecOptions options) {
      throw none();
    }

    @Override
    public RemoteProcess attach(PodRef pod, String container, ExecOptions options) {
      throw none();
    }

    @Override
    public PodConnection portForward(PodRef pod, int port) {
      throw none();
    }

    @Override
    public InputStream logs(PodRef pod, String container, LogOptions options) {
      throw none();
    }

    private static ApiException none() {
      return new ApiException(StatusReason.SERVICE_UNAVAILABLE, "no node is there");
    }
  }
}
