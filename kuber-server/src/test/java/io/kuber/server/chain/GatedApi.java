package io.kuber.server.chain;

import io.kuber.access.Access;
import io.kuber.access.Authenticator;
import io.kuber.access.Authorizer;
import io.kuber.access.Authorizers;
import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.Superusers;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.access.rbac.RbacAuthorizer;
import io.kuber.api.Witness;
import io.kuber.http.Headers;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The gate with roles, and behind it somebody who notes what came through. The role {@code granted}
 * is bound to user {@code jane}.
 */
final class GatedApi implements Authorizer {
  static final User JANE = User.known("jane");

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final ServerMetrics metrics = new ServerMetrics("v1.36.0");
  private final LocalStore store = new LocalStore();
  private final Authorizers authorizer =
      new Authorizers(List.of(new Superusers(), RbacAuthorizer.of(store)));

  /** What the gate asked about, and what came through it, since the last request began. */
  final List<Deed> deeds = new ArrayList<>();

  final List<ServerRequest> passed = new ArrayList<>();

  GatedApi() {
    put(
        Resources.CLUSTER_ROLE_BINDINGS,
        Resources.CLUSTER_ROLE_BINDINGS
            .object("", "granted")
            .with(Tree.of("kind", "ClusterRole", "name", "granted"), "roleRef")
            .with(Items.of(Tree.of("kind", "User", "name", JANE.name())), "subjects"));
  }

  @Override
  public Ruling rule(User user, Deed deed) {
    deeds.add(deed);
    return authorizer.rule(user, deed);
  }

  @Override
  public Rights rights(User user, String namespace) {
    return authorizer.rights(user, namespace);
  }

  /** Makes these the rules that jane has. */
  void grant(Tree... rules) {
    KubeObject role = Resources.CLUSTER_ROLES.object("", "granted");
    put(Resources.CLUSTER_ROLES, role.with(Items.of((Object[]) rules), "rules"));
  }

  private void put(ResourceType type, KubeObject object) {
    Stored there = store.image().get(type.keyOf(object));
    long expected = there == null ? Command.ABSENT : there.revision();
    store.submit(new Command.Put(type.keyOf(object), expected, Json.print(object.tree())));
  }

  /** What the user is answered. */
  Response answer(User user, String method, String target, String... headers) throws Exception {
    deeds.clear();
    passed.clear();
    Request request =
        new Request(
            method,
            target,
            Headers.of(headers),
            new byte[0],
            Protocol.HTTP_1_1,
            Peer.plain(InetSocketAddress.createUnresolved("localhost", 0)));
    RecordedExchange exchange =
        new RecordedExchange(request, new StatusErrors(loops.entropy()::uuid));
    RequestChain.of(
            loops,
            metrics,
            path -> true,
            user,
            new Access(Authenticator.NONE, TokenIssuer.NONE, this),
            Witness.NOBODY,
            through -> {
              passed.add(through);
              through.respond(Response.empty(204));
            })
        .handle(exchange);
    return exchange.await();
  }

  /** The status with which the user is answered. */
  int status(User user, String method, String target, String... headers) throws Exception {
    return answer(user, method, target, headers).status();
  }

  static Tree rule(List<String> verbs, String group, String resource) {
    return Tree.of(
        "verbs",
        Items.copyOf(verbs),
        "apiGroups",
        Items.of(group),
        "resources",
        Items.of(resource));
  }
}
