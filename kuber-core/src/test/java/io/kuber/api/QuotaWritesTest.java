package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.User;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.client.local.LocalClient;
import io.kuber.loop.Loop;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What quotas limit is written together with them; nobody counts afterwards here. */
final class QuotaWritesTest {
  private static final int CLIENTS = 100;
  private static final String POD =
      """
      metadata: {name: %s}
      spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 100m}}}]}
      """;

  private final TestApi api = new TestApi();

  private void limit(String hard) {
    api.create(Resources.RESOURCE_QUOTAS, quota(hard));
  }

  private static String quota(String hard) {
    return "{metadata: {name: q}, spec: {hard: {%s}}}".formatted(hard);
  }

  private Tree used() {
    return api.get(Resources.RESOURCE_QUOTAS, "q").status().tree("used");
  }

  private KubeObject map(String name) {
    return api.create(Resources.CONFIG_MAPS, "{metadata: {name: %s}}".formatted(name));
  }

  @Test
  void tellWhatIsUsedWhenTheyReturn() {
    limit("configmaps: 2, count/configmaps: 3");
    map("a");
    assertThat(used()).isEqualTo(Tree.of("configmaps", "1", "count/configmaps", "1"));
    map("b");
    assertThatThrownBy(() -> map("c"))
        .hasMessageEndingWith(
            "configmaps \"c\" is forbidden: exceeded quota: q, requested: configmaps=1, used:"
                + " configmaps=2, limited: configmaps=2");
  }

  @Test
  void leaveOtherNamespacesAndKindsAlone() {
    limit("secrets: 1");
    long before = api.store.image().revision();
    map("a");
    assertThat(api.store.image().revision()).isEqualTo(before + 1);
    assertThat(used()).isEqualTo(Tree.EMPTY);
  }

  @Test
  void takeNothingForWhatOnlyTriesOrFails() {
    limit("configmaps: 2");
    map("a");
    ApiRequest dry =
        api.request(Verb.CREATE, Resources.CONFIG_MAPS, "")
            .with(new Body.Whole(TestApi.yaml("{metadata: {name: dry}}")))
            .with(WriteOptions.DEFAULT.withDryRun(true));
    api.answer(dry);
    api.answer(dry);
    assertThatThrownBy(() -> map("a")).hasMessageContaining("already exists");
    assertThat(used()).isEqualTo(Tree.of("configmaps", "1"));
    map("b");
    assertThatThrownBy(() -> api.answer(dry)).hasMessageContaining("exceeded quota: q");
  }

  @Test
  void giveBackWhatIsDeleted() {
    limit("configmaps: 1");
    for (int i = 0; i < 3; i++) {
      map("again");
      assertThatThrownBy(() -> map("other")).hasMessageContaining("exceeded quota");
      api.answer(api.request(Verb.DELETE, Resources.CONFIG_MAPS, "again"));
    }
    map("other");
  }

  @Test
  void chargeWhatResizedPodsUseMore() {
    limit("requests.cpu: 300m");
    KubeObject pod = api.create(Resources.PODS, POD.formatted("a"));
    api.create(Resources.PODS, POD.formatted("b"));
    assertThatThrownBy(() -> api.update(Resources.PODS, "resize", asking(pod, "201m")))
        .hasMessageEndingWith(
            "pods \"a\" is forbidden: exceeded quota: q, requested: requests.cpu=101m, used:"
                + " requests.cpu=200m, limited: requests.cpu=300m");
    api.update(Resources.PODS, "resize", asking(pod, "200m"));
    assertThat(used()).isEqualTo(Tree.of("requests.cpu", "300m"));
  }

  private static KubeObject asking(KubeObject pod, String cpu) {
    Tree container = pod.spec().items("containers").tree(0);
    Tree asking = container.with("resources", Tree.of("requests", Tree.of("cpu", cpu)));
    return pod.with(Items.of(asking), "spec", "containers").with("", "metadata", "resourceVersion");
  }

  @Test
  void chargeServicesThatChangeTheirType() {
    limit("services.nodeports: 1");
    for (String name : List.of("a", "b")) {
      api.create(
          Resources.SERVICES,
          "{metadata: {name: %s}, spec: {ports: [{port: 80}]}}".formatted(name));
    }
    patchService("a");
    assertThat(used()).isEqualTo(Tree.of("services.nodeports", "1"));
    assertThatThrownBy(() -> patchService("b"))
        .hasMessageContaining("exceeded quota: q, requested: services.nodeports=1");
    assertThat(api.get(Resources.SERVICES, "b").spec().text("type")).isEqualTo("ClusterIP");
  }

  private void patchService(String name) {
    api.answer(
        api.request(Verb.PATCH, Resources.SERVICES, name)
            .with(new Body.Patch(PatchType.MERGE, TestApi.yaml("{spec: {type: NodePort}}"))));
  }

  @Test
  void areAnsweredWhereWebhooksMayBeWaitedFor() {
    limit("configmaps: 1");
    Admission waiting =
        new Admission() {
          @Override
          public KubeObject admit(Request request) {
            return request.object();
          }

          @Override
          public boolean mayWait(Kind kind, String subresource) {
            return true;
          }
        };
    Api patient = api(api.store, waiting);
    CompletableFuture<KubeObject> first = create(client(patient, api.loops.loop("x")), "first");
    CompletableFuture<KubeObject> second = create(client(patient, api.loops.loop("y")), "second");
    api.loops.settle();
    assertThat(first).isCompleted();
    assertThat(second).isCompletedExceptionally();
  }

  private Api api(LocalStore store, Admission admission) {
    return new Api(store, WatchHub.of(store), BuiltInKinds::catalogue, admission, api.loops);
  }

  private static LocalClient client(Api api, Loop loop) {
    return new LocalClient(api, User.system("tester"), loop);
  }

  private static CompletableFuture<KubeObject> create(LocalClient client, String name) {
    KubeObject map = Resources.CONFIG_MAPS.object("default", name);
    return client.create(Resources.CONFIG_MAPS, map).toCompletableFuture();
  }

  /** Each client has a thread, and the APIs make their decisions on those threads. */
  @Test
  void neverExceedAQuotaForAHundredClientsOfThreeServers() {
    limit("configmaps: 10");
    List<Api> servers =
        IntStream.range(0, 3).mapToObj(i -> api(api.store, Admission.Request::object)).toList();
    try (ThreadLoops threads = new ThreadLoops()) {
      List<CompletableFuture<Boolean>> writes =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> writeAndDelete(servers, threads.loop("client-" + i), i))
              .toList();
      writes.forEach(CompletableFuture::join);
      List<CompletableFuture<Boolean>> last =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> write(servers.get(i % 3), threads.loop("late-" + i), "l" + i))
              .toList();
      assertThat(last.stream().filter(CompletableFuture::join).count()).isEqualTo(10);
      assertThat(used()).isEqualTo(Tree.of("configmaps", "10"));
    }
  }

  private CompletableFuture<Boolean> writeAndDelete(List<Api> servers, Loop loop, int i) {
    return write(servers.get(i % 3), loop, "c" + i)
        .thenApply(
            written -> {
              int count = api.store.image().count(Resources.CONFIG_MAPS.qualifiedName(), "default");
              assertThat(count).isLessThanOrEqualTo(10);
              return written;
            })
        .thenCompose(
            written ->
                written
                    ? client(servers.get((i + 1) % 3), loop)
                        .delete(Resources.CONFIG_MAPS, "default", "c" + i, DeleteOptions.DEFAULT)
                        .thenApply(gone -> true)
                    : CompletableFuture.completedStage(false));
  }

  private static CompletableFuture<Boolean> write(Api api, Loop loop, String name) {
    return CompletableFuture.completedFuture(name)
        .thenComposeAsync(made -> create(client(api, loop), made), loop)
        .handle((written, refused) -> refused == null);
  }
}
