package io.kuber.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.kuber.admission.AdmissionChain;
import io.kuber.api.ApiAnswer.Many;
import io.kuber.api.ApiAnswer.Watching;
import io.kuber.api.WatchStream.Event;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.watch.WatchHub;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and watches as clients see them: sections 1.5 and 1.6 of docs/compatibility.md. */
class ReadRowsTest {
  private static final Duration LONGER_THAN_PAGES_LIVE = Duration.ofMinutes(6);

  private final TestApi api = new TestApi();
  private final Key busy = Resources.CONFIG_MAPS.key("elsewhere", "busy");

  private KubeObject make(String name) {
    return api.create(Resources.CONFIG_MAPS, "{metadata: {name: " + name + ", labels: {l: m}}}");
  }

  private Many list(ReadOptions read) {
    return api.list(api.request(Verb.LIST, Resources.CONFIG_MAPS, "").with(read));
  }

  private static List<String> names(Many page) {
    return page.entries().stream().map(entry -> entry.key().name()).toList();
  }

  private static ReadOptions asOf(String version, String match) {
    return new ReadOptions("", "", version, match, 0, "", 0, false, null);
  }

  @Test
  void countsWhatRemainsUnlessASelectorLeavesItOpen() {
    make("a");
    make("b");
    assertThat(list(ReadOptions.DEFAULT.page(1, "")).remaining()).isEqualTo(1);
    Many selected = list(ReadOptions.selecting("l=m", "").page(1, ""));
    assertThat(selected.remaining()).isNull();
    assertThat(selected.continueToken()).isNotEmpty();
  }

  /** Makes, in the time that pages live, more changes than the watches remember. */
  private void outlive(String revision) {
    api.loops.advance(LONGER_THAN_PAGES_LIVE);
    for (int i = 0; i <= WatchHub.HISTORY; i++) {
      api.store.submit(new Command.Put(busy, last(busy), "{}".getBytes(UTF_8)));
    }
    assertThat(api.store.image().revision()).isGreaterThan(Long.parseLong(revision));
  }

  private long last(Key key) {
    Stored stored = api.store.image().get(key);
    return stored == null ? Command.ABSENT : stored.revision();
  }

  @Test
  void goesOnAtTheSameRevisionOnAnotherServer() {
    make("a");
    make("b");
    TestApi other = new TestApi(api.store, WatchHub.HISTORY);
    String token = list(ReadOptions.DEFAULT.page(1, "")).continueToken();
    make("c");
    api.answer(api.request(Verb.DELETE, Resources.CONFIG_MAPS, "b"));
    Many rest =
        other.list(
            other
                .request(Verb.LIST, Resources.CONFIG_MAPS, "")
                .with(ReadOptions.DEFAULT.page(2, token)));
    assertThat(names(rest)).containsExactly("b");
    assertThat(rest.continueToken()).isEmpty();
  }

  @Test
  void givesAnotherTokenForOneThatExpired() {
    make("a");
    make("b");
    Many first = list(ReadOptions.DEFAULT.page(1, ""));
    String token = first.continueToken();
    make("c");
    outlive(first.resourceVersion());
    ApiException expired = refusal(ReadOptions.DEFAULT.page(2, token));
    assertThat(expired.reason()).isEqualTo(StatusReason.EXPIRED);
    assertThat(expired.reason().code()).isEqualTo(410);
    assertThat(expired).hasMessageStartingWith("The provided continue parameter is too old");
    String anew = expired.toStatus().text("metadata", "continue");
    assertThat(names(list(ReadOptions.DEFAULT.page(2, anew)))).containsExactly("b", "c");
  }

  @Test
  void listsExactlyTheRevisionAskedForOrNone() {
    make("a");
    make("b");
    Many first = list(ReadOptions.DEFAULT.page(1, ""));
    make("c");
    assertThat(names(list(asOf(first.resourceVersion(), "Exact")))).containsExactly("a", "b");
    assertThat(names(list(asOf(first.resourceVersion(), "NotOlderThan"))))
        .containsExactly("a", "b", "c");
    outlive(first.resourceVersion());
    assertThat(refusal(asOf(first.resourceVersion(), "Exact")).reason())
        .isEqualTo(StatusReason.EXPIRED);
  }

  /** A server whose peers are all away: nobody can tell it what the latest image is. */
  private record Lonely(LocalStore own) implements Store {
    @Override
    public CompletionStage<Outcome> submit(Command command) {
      return own.submit(command);
    }

    @Override
    public Image image() {
      return own.image();
    }

    @Override
    public CompletionStage<Image> latest() {
      return new CompletableFuture<>();
    }

    @Override
    public Image subscribe(Listener listener) {
      return own.subscribe(listener);
    }

    @Override
    public void unsubscribe(Listener listener) {
      own.unsubscribe(listener);
    }

    @Override
    public void close() {
      own.close();
    }
  }

  @Test
  void asksNobodyWhereAnyRevisionWillDo() {
    String made = make("a").resourceVersion();
    Api lonely =
        new Api(
            new Lonely(api.store),
            WatchHub.of(api.store),
            BuiltInKinds::catalogue,
            AdmissionChain.standard(api.loops),
            api.loops);
    ApiRequest list = api.request(Verb.LIST, Resources.CONFIG_MAPS, "");
    for (ReadOptions any : List.of(asOf("0", ""), asOf(made, ""), asOf(made, "NotOlderThan"))) {
      Many read = (Many) lonely.handle(list.with(any)).toCompletableFuture().join();
      assertThat(names(read)).containsExactly("a");
    }
    assertThat(lonely.handle(list).toCompletableFuture()).isNotDone();
  }

  @Test
  void countsRevisionsAcrossKinds() {
    KubeObject map = make("a");
    KubeObject secret = api.create(Resources.SECRETS, "{metadata: {name: s}}");
    assertThat(Long.parseLong(secret.resourceVersion()))
        .isEqualTo(Long.parseLong(map.resourceVersion()) + 1);
    assertThat(list(ReadOptions.DEFAULT).resourceVersion()).isEqualTo(secret.resourceVersion());
  }

  @Test
  void namesTheCauseWhenARevisionIsTooLarge() {
    ApiRequest request =
        api.request(Verb.LIST, Resources.CONFIG_MAPS, "").with(ReadOptions.DEFAULT.at("99"));
    var answer = api.api.handle(request).toCompletableFuture();
    api.loops.advance(Duration.ofSeconds(3));
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .asInstanceOf(type(ApiException.class))
        .extracting(ApiException::toStatus)
        .satisfies(
            status -> {
              assertThat(status.number(0, "code")).isEqualTo(504);
              assertThat(status.number(0, "details", "retryAfterSeconds")).isEqualTo(1);
              assertThat(status.tree("details").items("causes").tree(0).text("reason"))
                  .isEqualTo("ResourceVersionTooLarge");
            });
  }

  private ApiException refusal(ReadOptions read) {
    ApiException[] refused = new ApiException[1];
    assertThatThrownBy(() -> list(read))
        .isInstanceOfSatisfying(ApiException.class, failure -> refused[0] = failure);
    return refused[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | Exact | ~~ | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless"
            + " resourceVersion is provided",
        "0 | Exact | ~~ | resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is"
            + " forbidden for resourceVersion \"0\"",
        "1 | Newer | ~~ | resourceVersionMatch: Unsupported value: \"Newer\": supported values:"
            + " \"Exact\", \"NotOlderThan\", \"\"",
        "1 | Exact | x | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when"
            + " continue is provided",
        "1 | ~~ | x | specifying resource version is not allowed when using continue",
        "x | ~~ | ~~ | invalid resource version \"x\"",
      })
  void refusesListsThatContradictThemselves(
      String version, String match, String token, String message) {
    assertThatThrownBy(
            () -> list(new ReadOptions("", "", version, match, 0, token, 0, false, null)))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | ~~ | true | sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
        "Exact | ~~ | true | resourceVersionMatch: Unsupported value: \"Exact\": supported values:"
            + " \"NotOlderThan\"",
        "NotOlderThan | ~~ | ~~ | resourceVersionMatch is forbidden for watch unless"
            + " sendInitialEvents is provided",
        "~~ | x | ~~ | continue: Forbidden: continue is forbidden for watch",
      })
  void refusesWatchesThatContradictThemselves(
      String match, String token, String initial, String message) {
    Boolean events = initial.isEmpty() ? null : Boolean.valueOf(initial);
    ReadOptions read = new ReadOptions("", "", "", match, 0, token, 0, true, events);
    ApiRequest watch = api.request(Verb.WATCH, Resources.CONFIG_MAPS, "").with(read);
    assertThatThrownBy(() -> api.answer(watch)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "configmaps metadata.name",
        "configmaps metadata.namespace",
        "pods spec.nodeName",
        "pods spec.host",
        "pods spec.restartPolicy",
        "pods spec.schedulerName",
        "pods spec.serviceAccountName",
        "pods spec.hostNetwork",
        "pods status.phase",
        "pods status.podIP",
        "pods status.podIPs",
        "pods status.nominatedNodeName",
        "nodes spec.unschedulable",
        "replicationcontrollers status.replicas",
        "replicasets.apps status.replicas",
        "events involvedObject.kind",
        "events involvedObject.namespace",
        "events involvedObject.name",
        "events involvedObject.uid",
        "events involvedObject.apiVersion",
        "events involvedObject.resourceVersion",
        "events involvedObject.fieldPath",
        "events reason",
        "events reportingComponent",
        "events source",
        "events type",
        "namespaces status.phase",
        "secrets type",
        "services spec.clusterIP",
        "services spec.type",
        "jobs.batch status.successful",
        "certificatesigningrequests.certificates.k8s.io spec.signerName",
        "resourceslices.resource.k8s.io spec.nodeName",
        "resourceslices.resource.k8s.io spec.driver",
      })
  void selectsByTheFieldsThatClientsKnow(String row) {
    String[] words = row.split(" ");
    ResourceType type = api.type(words[0]);
    ReadOptions nothing = ReadOptions.selecting("", words[1] + "=nothing-is-like-this");
    ApiRequest request = api.request(Verb.LIST, type, "").with(nothing);
    assertThat(api.list(request).entries()).isEmpty();
  }

  /** The name that the field had before v1, which old clients still send. */
  @Test
  void selectsPodsByTheOldNameOfTheirNode() {
    api.create(
        Resources.PODS,
        "{metadata: {name: p}, spec: {nodeName: node-1, containers: [{name: c, image: i}]}}");
    ApiRequest request = api.request(Verb.LIST, Resources.PODS, "");
    assertThat(names(api.list(request.with(ReadOptions.selecting("", "spec.host=node-1")))))
        .containsExactly("p");
    assertThat(names(api.list(request.with(ReadOptions.selecting("", "spec.host!=node-1")))))
        .isEmpty();
  }

  @Test
  void showsTheLastStateThatMatchedAtTheRevisionOfLeaving() {
    KubeObject a = make("a");
    WatchStream stream = open(api.api, ReadOptions.selecting("l=m", "").at(a.resourceVersion()));
    KubeObject left = api.update(Resources.CONFIG_MAPS, "", a.with("n", "metadata", "labels", "l"));
    Event event = stream.poll(10).get(0);
    assertThat(event.type()).isEqualTo(WatchStream.Type.DELETED);
    assertThat(event.revision()).isEqualTo(Long.parseLong(left.resourceVersion()));
    assertThat(Objects.requireNonNull(event.stored()).object().labels()).containsEntry("l", "m");
  }

  @Test
  void showsTheFinalStateAtTheRevisionOfItsDeletion() {
    KubeObject a = make("a");
    WatchStream stream = open(api.api, ReadOptions.DEFAULT.at(a.resourceVersion()));
    api.answer(api.request(Verb.DELETE, Resources.CONFIG_MAPS, "a"));
    Event event = stream.poll(10).get(0);
    assertThat(event.type()).isEqualTo(WatchStream.Type.DELETED);
    assertThat(event.revision()).isEqualTo(api.store.image().revision());
    assertThat(event.revision()).isGreaterThan(Long.parseLong(a.resourceVersion()));
  }

  @Test
  void showsTheSameOrderToAllWatchers() {
    WatchStream one = open(api.api, ReadOptions.DEFAULT.at("1"));
    WatchStream other = open(api.api, ReadOptions.DEFAULT.at("1"));
    make("b");
    make("a");
    api.answer(api.request(Verb.DELETE, Resources.CONFIG_MAPS, "b"));
    List<Long> seen = one.poll(10).stream().map(Event::revision).toList();
    assertThat(seen).hasSize(3).isSorted();
    assertThat(other.poll(10)).extracting(Event::revision).isEqualTo(seen);
  }

  @Test
  void refusesAWatchOfARevisionThatIsGone() {
    make("a");
    Api remembersNothing = withHistoryOf(2);
    ApiRequest watch =
        api.request(Verb.WATCH, Resources.CONFIG_MAPS, "").with(ReadOptions.DEFAULT.at("1"));
    assertThat(remembersNothing.handle(watch).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            ApiException.class, gone -> assertThat(gone.reason()).isEqualTo(StatusReason.EXPIRED))
        .withMessage("too old resource version: 1 (2)");
  }

  @Test
  void endsAWatchThatFellBehindTheHistory() {
    KubeObject a = make("a");
    WatchStream stream = open(withHistoryOf(2), ReadOptions.DEFAULT.at(a.resourceVersion()));
    for (String name : List.of("b", "c", "d", "e")) {
      make(name);
    }
    assertThatThrownBy(() -> stream.poll(10))
        .isInstanceOfSatisfying(
            ApiException.class,
            gone -> assertThat(gone.toStatus().number(0, "code")).isEqualTo(410))
        .hasMessageStartingWith("too old resource version");
  }

  private Api withHistoryOf(int events) {
    return new Api(
        api.store,
        WatchHub.of(api.store, events),
        BuiltInKinds::catalogue,
        AdmissionChain.standard(api.loops),
        api.loops);
  }

  private WatchStream open(Api served, ReadOptions read) {
    ApiRequest watch = api.request(Verb.WATCH, Resources.CONFIG_MAPS, "").with(read);
    return ((Watching) served.handle(watch).toCompletableFuture().join()).stream();
  }
}
