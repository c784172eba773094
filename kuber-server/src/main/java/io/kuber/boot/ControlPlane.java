package io.kuber.boot;

import com.google.common.base.Suppliers;
import io.kuber.access.Access;
import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.admission.webhook.AdmissionWebhooks;
import io.kuber.api.Admission;
import io.kuber.api.Api;
import io.kuber.boot.NodeHalf.ServerHalf;
import io.kuber.client.Client;
import io.kuber.client.local.LocalClient;
import io.kuber.controller.Controllers;
import io.kuber.loop.Loops;
import io.kuber.object.KubeObject;
import io.kuber.raft.Leadership;
import io.kuber.reconcile.Reconciler;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.scheduler.SchedulerLoop;
import io.kuber.server.aggregate.Aggregation;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.route.Health;
import io.kuber.server.route.ListStreams;
import io.kuber.server.route.PodStreams;
import io.kuber.server.route.Router;
import io.kuber.server.route.TokenKeys;
import io.kuber.server.route.Version;
import io.kuber.server.route.WatchStreams;
import io.kuber.server.tunnel.Tunnels;
import io.kuber.server.webhook.HttpsReviews;
import io.kuber.server.webhook.Reviews;
import io.kuber.store.Store;
import io.kuber.watch.WatchHub;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What serves and decides over a store: the API and its routes, controllers, scheduler. The same
 * whether clients come over the network ({@link Cluster}) or from this process ({@link Kuber}).
 */
final class ControlPlane {
  private final Store store;
  private final Loops loops;
  private final Surroundings around;
  private final Teardown parts;
  private final Access access;
  private final AdmissionWebhooks webhooks;
  private final Api api;
  private final Crowds crowds;
  private final Aggregation aggregation;

  /** Remembers what it has promised to writes that are in no image yet. */
  private volatile AdmissionChain admission;

  /** Everything that is started later is remembered in {@code parts}. */
  ControlPlane(Store store, Loops loops, Surroundings around, Teardown parts) {
    this.store = store;
    this.loops = loops;
    this.around = around;
    this.parts = parts;
    this.access = around.access(store, loops);
    WatchHub hub = WatchHub.of(store);
    Reviews reviews =
        around.wire().around(new HttpsReviews(store::image, loops.loop("webhooks"), loops.clock()));
    this.webhooks = new AdmissionWebhooks(store::image, reviews);
    CustomCatalogue catalogue =
        parts.add(
            new CustomCatalogue(
                store, BuiltInKinds.catalogue(), new CustomKinds(reviews), hub::end));
    this.admission = admission(loops, access, webhooks, around);
    this.api =
        new Api(
            store,
            hub,
            catalogue,
            new Current(),
            access,
            loops,
            around.witness(),
            around.readings());
    this.crowds = Crowds.of(around.crowd(), store, api::catalogue, loops, parts);
    this.aggregation =
        parts.add(
            new Aggregation(
                store, loops, around.frontProxy(), Suppliers.memoize(this::aggregatorClient)));
  }

  private Client aggregatorClient() {
    return client(User.system("system:kube-aggregator"), "kube-apiserver", loops);
  }

  /** Who vouches for proxies in front of this server. */
  List<X509Certificate> proxyAuthorities() {
    return around.logins().front().authorities();
  }

  /** What other servers answer. */
  Aggregation aggregation() {
    return aggregation;
  }

  private static AdmissionChain admission(
      Loops loops, Access access, AdmissionWebhooks webhooks, Surroundings around) {
    return AdmissionChain.standard(
        loops,
        access.authorizer(),
        webhooks,
        around.podSecurity(),
        around.network().services(),
        access.issuer().audiences());
  }

  /** The admission of the moment. */
  private final class Current implements Admission {
    @Override
    public KubeObject admit(Request request) {
      return admission.admit(request);
    }

    @Override
    public boolean mayWait(Kind kind, String subresource) {
      return admission.mayWait(kind, subresource);
    }
  }

  /** Who is who, and who may do what. */
  Access access() {
    return access;
  }

  /** What is served now. */
  Catalogue catalogue() {
    return api.catalogue();
  }

  /**
   * The store goes on from another image: what was promised to writes into the last one is void.
   */
  void forgetPromises() {
    admission = admission(loops, access, webhooks, around);
  }

  /** A client of the API within this process. */
  Client client(User user) {
    return client(user, user.name().substring(user.name().lastIndexOf(':') + 1), loops);
  }

  /** The same for a program that goes by another name than its user does. */
  Client client(User user, String manager) {
    return client(user, manager, loops);
  }

  private Client client(User user, String manager, Loops own) {
    return around
        .wire()
        .around(
            new LocalClient(api, user, manager, own.loop(user.name())), user.name(), manager, own);
  }

  /** A client for the objects that every cluster has. */
  Bootstrap bootstrap() {
    return new Bootstrap(
        client(User.system("system:kuber"), "kube-apiserver", loops),
        store::image,
        loops.clock(),
        around.network());
  }

  /**
   * What answers requests from the network.
   *
   * @param further paths that Kubernetes does not have
   */
  RequestChain chain(LateGateway gateway, Health health, Map<String, RequestHandler> further) {
    ServerMetrics metrics =
        crowds
            .counting(new ServerMetrics(Version.GIT_VERSION, around.audit().metrics()))
            .with(around.logins().metrics());
    Map<String, RequestHandler> routes = new LinkedHashMap<>(crowds.routes());
    routes.putAll(further);
    Router router = router(gateway, health, routes, metrics);
    return RequestChain.of(
        loops,
        metrics,
        router::serves,
        access,
        around.logins().front().users(),
        crowds.seating(),
        around.witness(),
        around.audit(),
        router);
  }

  /** The same for requests from this process, which are those of {@code user}. */
  RequestChain chain(User user, LateGateway gateway, Health health) {
    ServerMetrics metrics = crowds.counting(new ServerMetrics(Version.GIT_VERSION));
    Router router = router(gateway, health, crowds.routes(), metrics);
    return RequestChain.of(
        loops, metrics, router::serves, user, access, crowds.seating(), around.witness(), router);
  }

  private Router router(
      LateGateway gateway,
      Health health,
      Map<String, RequestHandler> further,
      ServerMetrics metrics) {
    return new Router(
        api,
        new WatchStreams(loops),
        new ListStreams(loops),
        new PodStreams(
            api,
            store,
            parts.add(new Tunnels(gateway, loops.clock())),
            gateway::endpoint,
            gateway::elsewhere),
        health,
        new TokenKeys(() -> around.tokenKey().get().keySet(), around.network().issuer()),
        metrics,
        loops.clock(),
        aggregation,
        further);
  }

  /**
   * Controllers and scheduler, which run while this process leads.
   *
   * @param rootCertificate of the cluster's authority, in PEM; empty without one
   */
  Leadership deciders(String rootCertificate) {
    Reconciler controllers = controllers(rootCertificate, loops);
    parts.add(controllers::stop);
    SchedulerLoop scheduler = scheduler(loops);
    parts.add(scheduler::stop);
    return leads -> {
      aggregation.lead(leads);
      if (leads) {
        controllers.start();
        scheduler.start();
      } else {
        controllers.stop();
        scheduler.stop();
      }
    };
  }

  /** All controllers, on loops of their own; see {@link #deciders}. */
  Reconciler controllers(String rootCertificate, Loops own) {
    return Controllers.of(
        store,
        user -> client(user, "kube-controller-manager", own),
        own,
        api::catalogue,
        rootCertificate,
        access,
        new MeteredPods(around.readings(), store),
        around.balancers(),
        around.network().pods(),
        new SweptElsewhere(aggregation, own.loop("namespaces-elsewhere")));
  }

  /** The scheduler, on loops of its own. */
  SchedulerLoop scheduler(Loops own) {
    User user = User.known("system:kube-scheduler");
    return new SchedulerLoop(store, client(user, "kube-scheduler", own), own);
  }

  /** What nodes need; {@code dataDir} is where they keep what lasts. */
  ServerHalf halfFor(String nodeName, Path dataDir) {
    return halfFor(nodeName, dataDir, loops);
  }

  /** The same for nodes on loops of their own. */
  ServerHalf halfFor(String nodeName, Path dataDir, Loops own) {
    return new ServerHalf(
        (user, manager) -> client(user, manager, own),
        store,
        api.traffic(),
        own,
        dataDir,
        nodeName);
  }
}
