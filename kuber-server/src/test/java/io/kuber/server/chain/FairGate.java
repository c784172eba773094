package io.kuber.server.chain;

import io.kuber.access.Access;
import io.kuber.access.Authenticator;
import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.api.Witness;
import io.kuber.http.Headers;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.server.fairness.FlowDump;
import io.kuber.server.fairness.Flows;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The gate with priority and fairness, where everybody may do everything, and behind it somebody
 * who answers when the test says so. Time is virtual.
 */
final class FairGate implements Authorizer {
  final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  final ServerMetrics metrics = new ServerMetrics("v1.36.0");
  final LocalStore store = new LocalStore();
  final Flows flows;
  final FlowDump dump;

  /** What came through and is not answered. */
  final List<ServerRequest> inside = new ArrayList<>();

  /** How many objects there are of each resource. */
  long objects = 1;

  /** A gate with so many seats for all levels together. */
  FairGate(int seats) {
    InitialFlows.levels().forEach(each -> put(Resources.PRIORITY_LEVEL_CONFIGURATIONS, each));
    InitialFlows.schemas().forEach(each -> put(Resources.FLOW_SCHEMAS, each));
    flows = new Flows(store, seats, loops);
    dump = new FlowDump(flows);
    metrics.with(flows.metrics());
  }

  @Override
  public Ruling rule(User user, Deed deed) {
    return Ruling.ALLOWED;
  }

  @Override
  public Rights rights(User user, String namespace) {
    return Rights.ALL;
  }

  /** Writes the object, whose uid is its name. */
  void put(ResourceType type, KubeObject object) {
    Stored there = store.image().get(type.keyOf(object));
    long expected = there == null ? Command.ABSENT : there.revision();
    byte[] bytes = Json.print(object.with(object.name(), "metadata", "uid").tree());
    store.submit(new Command.Put(type.keyOf(object), expected, bytes));
    loops.settle();
  }

  /** Sends a request, which may have to wait. */
  RecordedExchange send(User user, String method, String target) {
    Request request =
        new Request(
            method,
            target,
            Headers.EMPTY,
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
            new Seating.Fair(flows, path -> objects),
            Witness.NOBODY,
            inside::add)
        .handle(exchange);
    return exchange;
  }

  /** So many requests alike. */
  List<RecordedExchange> send(int times, User user, String method, String target) {
    List<RecordedExchange> sent = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      sent.add(send(user, method, target));
    }
    return sent;
  }

  /** Answers what came through first. */
  void answerOne() {
    ServerRequest request = inside.remove(0);
    request.respond(Response.empty(204));
    loops.settle();
  }

  void pass(Duration time) {
    loops.advance(time);
  }
}
