package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.local.LocalClient;
import io.kuber.loop.Loop;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and node ports, which no two services get, however close together they come. */
@Timeout(60)
final class ServiceWritesTest {
  private static final int CLIENTS = 100;
  private static final String ADDRESS = "clusterIP: 10.96.1.2, ports: [{port: 80}]";
  private static final String PORT = "type: NodePort, ports: [{port: 80, nodePort: 30080}]";
  private static final String BALANCED =
      "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30081, ports: [{port:"
          + " 80}]";

  private final TestApi api = new TestApi();

  /** What others do after the next admissions, before what was admitted is written. */
  private final Deque<Runnable> meanwhile = new ArrayDeque<>();

  private final Api late =
      new Api(
          api.store, WatchHub.of(api.store), BuiltInKinds::catalogue, this::admitted, api.loops);

  private KubeObject admitted(Admission.Request request) {
    KubeObject object = AdmissionChain.standard(api.loops).admit(request);
    if (!meanwhile.isEmpty()) {
      meanwhile.remove().run();
    }
    return object;
  }

  private static String service(String name, String spec) {
    return "{metadata: {name: %s}, spec: {%s}}".formatted(name, spec);
  }

  private KubeObject create(String name, String spec) {
    return api.create(Resources.SERVICES, service(name, spec));
  }

  private void createLate(String name, String spec) {
    TestApi.resolved(
        late.handle(
            api.request(Verb.CREATE, Resources.SERVICES, "")
                .with(new Body.Whole(TestApi.yaml(service(name, spec))))));
  }

  private boolean isThere(String name) {
    return api.store.image().get(Resources.SERVICES.key("default", name)) != null;
  }

  @ParameterizedTest
  @ValueSource(strings = {ADDRESS, PORT, BALANCED})
  void giveToOneOnlyWhatTwoAskForAtTheSameMoment(String spec) {
    meanwhile.add(() -> create("early", spec));

    assertThatThrownBy(() -> createLate("late", spec)).hasMessageContaining("already allocated");

    assertThat(isThere("early")).isTrue();
    assertThat(isThere("late")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {ADDRESS, PORT, BALANCED})
  void giveToOneOnlyWhatQuotasCount(String spec) {
    api.create(Resources.RESOURCE_QUOTAS, "{metadata: {name: q}, spec: {hard: {services: 5}}}");
    meanwhile.add(() -> create("early", spec));

    assertThatThrownBy(() -> createLate("late", spec)).hasMessageContaining("already allocated");

    assertThat(isThere("late")).isFalse();
    assertThat(api.get(Resources.RESOURCE_QUOTAS, "q").status().tree("used"))
        .isEqualTo(Tree.of("services", "1"));
  }

  @Test
  void giveToOneOnlyWhatAnotherTakesByAnUpdate() {
    KubeObject other = create("other", "ports: [{port: 80}]");
    Tree spec = other.spec();
    KubeObject asking =
        other
            .with(
                spec.with("type", "NodePort")
                    .withEach("ports", port -> port.with("nodePort", 30080L)),
                "spec")
            .with("", "metadata", "resourceVersion");
    meanwhile.add(() -> api.update(Resources.SERVICES, "", asking));

    assertThatThrownBy(() -> createLate("late", PORT)).hasMessageContaining("already allocated");
  }

  /** Other things that are written meanwhile hold nobody up, nor do guards that are shared. */
  @Test
  void decideAnewAndSucceedWhereOthersTookSomethingElse() {
    for (int i = 0; i < 20; i++) {
      int port = 30100 + i;
      meanwhile.add(() -> create("early-" + port, PORT.replace("30080", Integer.toString(port))));
    }

    createLate("late", PORT);

    assertThat(isThere("late")).isTrue();
  }

  @Test
  void giveAgainWhatWasGivenBack() {
    for (int i = 0; i < 3; i++) {
      create("again", "clusterIP: 10.96.1.2, " + PORT);
      api.answer(api.request(Verb.DELETE, Resources.SERVICES, "again"));
    }
    create("other", "clusterIP: 10.96.1.2, " + PORT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ports: [{name: a, port: 80}, {name: b, port: 81}]",
        "ports: [{name: a, port: 80}, {name: b, port: 81, nodePort: 30080}]"
      })
  void drawDifferentNodePortsForOneService(String ports) {
    for (int i = 0; i < 50; i++) {
      KubeObject made = create("s", "type: NodePort, " + ports);
      Set<Long> numbers = new HashSet<>();
      made.spec().items("ports").trees().forEach(port -> numbers.add(port.number(0, "nodePort")));
      assertThat(numbers).hasSize(2);
      api.answer(api.request(Verb.DELETE, Resources.SERVICES, "s"));
    }
  }

  /** Four ask for each number, on threads of their own. */
  @Test
  void giveNoNumberTwiceToAHundredClientsOfThreeServers() {
    LocalStore store = api.store;
    List<Api> servers =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new Api(
                        store,
                        WatchHub.of(store),
                        BuiltInKinds::catalogue,
                        AdmissionChain.standard(api.loops),
                        api.loops))
            .toList();
    List<CompletableFuture<Boolean>> writes = new ArrayList<>();
    try (ThreadLoops threads = new ThreadLoops()) {
      for (int i = 0; i < CLIENTS; i++) {
        int port = 30000 + i / 4;
        String spec = PORT.replace("30080", Integer.toString(port));
        writes.add(write(servers.get(i % 3), threads.loop("client-" + i), "s" + i, spec));
      }
      assertThat(writes.stream().filter(CompletableFuture::join)).hasSize(CLIENTS / 4);
    }
    Set<Object> ports = new HashSet<>();
    for (int i = 0; i < CLIENTS; i++) {
      if (isThere("s" + i)) {
        KubeObject service = api.get(Resources.SERVICES, "s" + i);
        ports.add(service.spec().items("ports").tree(0).number(0, "nodePort"));
      }
    }
    assertThat(ports).hasSize(CLIENTS / 4);
  }

  private static CompletableFuture<Boolean> write(Api api, Loop loop, String name, String spec) {
    LocalClient client = new LocalClient(api, User.system("tester"), loop);
    KubeObject service =
        Resources.SERVICES.object("default", name).with(TestApi.yaml("{" + spec + "}"), "spec");
    return CompletableFuture.completedFuture(service)
        .thenComposeAsync(made -> client.create(Resources.SERVICES, made), loop)
        .handle((written, refused) -> refused == null);
  }
}
