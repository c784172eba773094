package io.kuber.jmh;

import com.sun.management.ThreadMXBean;
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
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.server.chain.RequestChain;
import io.kuber.server.chain.Seating;
import io.kuber.server.fairness.Flows;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * What the gate costs a request that finds a seat at once, with priority and fairness and without,
 * in turn: processor time and garbage of the thread that serves it.
 */
public final class FairnessCost {
  private static final int WARM_UP = 200_000;
  private static final int ROUNDS = 7;
  private static final int REQUESTS = 100_000;
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n";
  private static final Response DONE = Response.empty(200);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final SimulatedLoops LOOPS = new SimulatedLoops(1, Instant.EPOCH);
  private static final LocalStore STORE = new LocalStore();

  private FairnessCost() {}

  /** Prints a line for each kind of request. */
  public static void main(String[] args) {
    InitialFlows.levels().forEach(each -> put(Resources.PRIORITY_LEVEL_CONFIGURATIONS, each));
    InitialFlows.schemas().forEach(each -> put(Resources.FLOW_SCHEMAS, each));
    Seating fair = new Seating.Fair(new Flows(STORE, 600, LOOPS), path -> 50);
    System.out.println("| request | plain limits, ns | fairness, ns | garbage of both, bytes |");
    System.out.println("|---|---|---|---|");
    row(
        "an administrator reads a pod",
        User.system("admin"),
        fair,
        "GET",
        "/api/v1/namespaces/a/pods/b");
    row("a node renews its lease", User.node("n"), fair, "PUT", LEASE);
    row("a user lists pods", User.known("jane"), fair, "GET", "/api/v1/namespaces/a/pods");
  }

  private static void put(ResourceType type, KubeObject object) {
    STORE.submit(new Command.Put(type.keyOf(object), Command.ABSENT, Json.print(object.tree())));
    LOOPS.settle();
  }

  private static RequestChain chain(User user, Seating seating) {
    return RequestChain.of(
        LOOPS,
        new ServerMetrics("bench"),
        path -> true,
        user,
        new Access(Authenticator.NONE, TokenIssuer.NONE, new Everybody()),
        seating,
        Witness.NOBODY,
        request -> request.respond(DONE));
  }

  private static void row(String what, User user, Seating fair, String method, String target) {
    Request request =
        new Request(
            method,
            target,
            Headers.EMPTY,
            new byte[0],
            Protocol.HTTP_1_1,
            Peer.plain(InetSocketAddress.createUnresolved("localhost", 0)));
    RequestChain before = chain(user, Seating.STANDARD);
    RequestChain after = chain(user, fair);
    serve(before, request, WARM_UP);
    serve(after, request, WARM_UP);
    long[] plain = {Long.MAX_VALUE, Long.MAX_VALUE};
    long[] seated = {Long.MAX_VALUE, Long.MAX_VALUE};
    for (int round = 0; round < ROUNDS; round++) {
      measure(before, request, plain);
      measure(after, request, seated);
    }
    System.out.printf(
        "| %s | %,d | %,d | %,d, %,d |%n", what, plain[0], seated[0], plain[1], seated[1]);
  }

  private static void measure(RequestChain chain, Request request, long[] best) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long begin = THREADS.getCurrentThreadCpuTime();
    serve(chain, request, REQUESTS);
    best[0] = Math.min(best[0], (THREADS.getCurrentThreadCpuTime() - begin) / REQUESTS);
    best[1] = Math.min(best[1], (THREADS.getCurrentThreadAllocatedBytes() - allocated) / REQUESTS);
  }

  private static void serve(RequestChain chain, Request request, int times) {
    for (int i = 0; i < times; i++) {
      CountedExchange exchange = new CountedExchange(request);
      chain.handle(exchange);
      exchange.whole();
    }
    LOOPS.settle();
  }

  private static final class Everybody implements Authorizer {
    @Override
    public Ruling rule(User user, Deed deed) {
      return Ruling.ALLOWED;
    }

    @Override
    public Rights rights(User user, String namespace) {
      return Rights.ALL;
    }
  }
}
