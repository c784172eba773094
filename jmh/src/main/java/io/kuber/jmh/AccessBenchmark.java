package io.kuber.jmh;

import io.kuber.access.Authorizers;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Ruling;
import io.kuber.access.Superusers;
import io.kuber.access.User;
import io.kuber.access.node.NodeAuthorizer;
import io.kuber.access.policy.BootstrapPolicy;
import io.kuber.access.rbac.RbacAuthorizer;
import io.kuber.json.Json;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to authorise one request in a cluster of 1,000 namespaces with 10,000 RoleBindings,
 * besides the default roles: in each namespace nine users of their own and one group are bound.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AccessBenchmark {
  private static final int NAMESPACES = 1000;
  private static final int USERS = 9;
  private static final String GROUP = "rbac.authorization.k8s.io";

  private final ThreadLoops loops = new ThreadLoops();
  private final LocalStore store = new LocalStore();
  private final Authorizers authorizer =
      new Authorizers(
          List.of(
              new Superusers(),
              NodeAuthorizer.of(store, loops.loop("node-rights")),
              RbacAuthorizer.of(store)));

  private final User user = User.known("user-500-3");
  private final User member = new User("dev", List.of("devs", "others", User.AUTHENTICATED));
  private final User account = User.serviceAccount("ns-500", "robot", "1", Map.of());

  /** Fills the store. */
  @Setup
  public void fill() {
    BootstrapPolicy.objects().forEach(this::put);
    for (int i = 0; i < NAMESPACES; i++) {
      for (int j = 0; j < USERS; j++) {
        bind("ns-" + i, "user-" + j, Tree.of("kind", "User", "name", "user-" + i + "-" + j));
      }
      bind("ns-" + i, "devs", Tree.of("kind", "Group", "name", "devs"));
    }
  }

  private void bind(String namespace, String name, Tree subject) {
    put(
        Resources.ROLE_BINDINGS
            .object(namespace, name)
            .with(
                Tree.of(
                    "apiGroup", GROUP, "kind", "ClusterRole", "name", "system:aggregate-to-edit"),
                "roleRef")
            .with(Items.of(subject.with("apiGroup", GROUP)), "subjects"));
  }

  private void put(KubeObject object) {
    ResourceType type =
        switch (object.kind()) {
          case "Role" -> Resources.ROLES;
          case "ClusterRole" -> Resources.CLUSTER_ROLES;
          case "RoleBinding" -> Resources.ROLE_BINDINGS;
          default -> Resources.CLUSTER_ROLE_BINDINGS;
        };
    byte[] value = Json.print(object.tree());
    store.submit(new Command.Put(type.keyOf(object), Command.ABSENT, value));
  }

  /** Ends the loop. */
  @TearDown
  public void close() {
    loops.close();
  }

  /** A user creates a deployment in the namespace in which a role says so. */
  @Benchmark
  public Ruling allowsUser() {
    return authorizer.rule(user, deed("create", "apps", "deployments", ""));
  }

  /** A member of a group that is bound in all namespaces scales one. */
  @Benchmark
  public Ruling allowsMember() {
    return authorizer.rule(member, deed("patch", "apps", "deployments", "scale"));
  }

  /** A service account without roles reads a secret. */
  @Benchmark
  public Ruling refusesAccount() {
    return authorizer.rule(account, deed("get", "", "secrets", ""));
  }

  /** A member of the group does what its role does not say. */
  @Benchmark
  public Ruling refusesMember() {
    return authorizer.rule(member, deed("create", GROUP, "roles", ""));
  }

  /** Somebody asks what is served. */
  @Benchmark
  public Ruling allowsPath() {
    return authorizer.rule(user, new OnPath("get", "/apis/apps/v1"));
  }

  private static OnResource deed(String verb, String group, String resource, String subresource) {
    return new OnResource(verb, group, "v1", resource, subresource, "ns-500", "it");
  }
}
