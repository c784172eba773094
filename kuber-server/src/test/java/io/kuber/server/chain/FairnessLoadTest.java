package io.kuber.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Access;
import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.PlainTokens;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.api.Witness;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.server.fairness.Flows;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same attack as in {@link FairnessTest}, over real connections: a count, and no clock. */
@Timeout(180)
final class FairnessLoadTest implements Authorizer {
  private static final int LISTS = 1000;
  private static final int HEARTBEATS = 100;
  private static final Map<String, User> USERS =
      Map.of(
          "tenant", User.known("tenant"),
          "node", User.node("node-1"),
          "leader", User.known("system:kube-scheduler"));

  private final ThreadLoops loops = new ThreadLoops();
  private final LocalStore store = new LocalStore();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Lists under way, which end when the test says so. */
  private final BlockingQueue<ServerRequest> held = new LinkedBlockingQueue<>();

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    InitialFlows.levels().forEach(each -> put(Resources.PRIORITY_LEVEL_CONFIGURATIONS, each));
    InitialFlows.schemas().forEach(each -> put(Resources.FLOW_SCHEMAS, each));
    PlainTokens tokens =
        new PlainTokens(token -> Optional.ofNullable(USERS.get(token)), TokenIssuer.API_AUDIENCES);
    server =
        HttpServer.start(
            HttpServerConfig.plain(0).withErrors(new StatusErrors(loops.entropy()::uuid)),
            RequestChain.of(
                loops,
                new ServerMetrics("v1.36.0"),
                path -> true,
                new Access(tokens, TokenIssuer.NONE, this),
                new Seating.Fair(new Flows(store, 600, loops), path -> 100),
                Witness.NOBODY,
                this::answer));
  }

  @AfterEach
  void stop() {
    held.forEach(each -> each.respond(Response.text(200, "late")));
    server.close();
    loops.close();
  }

  private void answer(ServerRequest request) {
    if (request.verb().equals("list")) {
      held.add(request);
    } else {
      request.respond(Response.text(200, "ok"));
    }
  }

  private void put(ResourceType type, KubeObject object) {
    store.submit(new Command.Put(type.keyOf(object), Command.ABSENT, Json.print(object.tree())));
  }

  @Override
  public Ruling rule(User user, Deed deed) {
    return Ruling.ALLOWED;
  }

  @Override
  public Rights rights(User user, String namespace) {
    return Rights.ALL;
  }

  private CompletableFuture<Integer> send(String token, String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.noBody())
            .build();
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(answer -> answer.statusCode());
  }

  @Test
  void answersEveryHeartbeatWhileATenantHoldsAThousandLists() throws Exception {
    List<CompletableFuture<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < LISTS; i++) {
      lists.add(send("tenant", "GET", "/api/v1/pods"));
    }
    // The first refusal says that all seats and all queues of the tenant are taken.
    CompletableFuture<?>[] all = lists.toArray(CompletableFuture<?>[]::new);
    assertThat(CompletableFuture.anyOf(all).join()).isEqualTo(429);
    String leases = "/apis/coordination.k8s.io/v1/namespaces/";
    for (int i = 0; i < HEARTBEATS; i++) {
      assertThat(send("node", "PUT", leases + "kube-node-lease/leases/node-1").join())
          .isEqualTo(200);
      assertThat(send("leader", "PUT", leases + "kube-system/leases/leader").join()).isEqualTo(200);
    }
    assertThat(held).as("lists that still hold their seats").isNotEmpty();
    CompletableFuture<Void> ended = CompletableFuture.allOf(all);
    while (!ended.isDone()) {
      ServerRequest list = held.poll(50, TimeUnit.MILLISECONDS);
      if (list != null) {
        list.respond(Response.text(200, "ok"));
      }
    }
    long served = lists.stream().filter(list -> list.join() == 200).count();
    long refused = lists.stream().filter(list -> list.join() == 429).count();
    assertThat(served).isPositive();
    assertThat(refused).isPositive();
    assertThat(served + refused).isEqualTo(LISTS);
  }
}
