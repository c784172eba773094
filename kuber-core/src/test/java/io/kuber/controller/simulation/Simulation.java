package io.kuber.controller.simulation;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.client.local.LocalClient;
import io.kuber.json.Yaml;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Reconciler;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.ConversionReviews;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import io.kuber.view.Pods;
import io.kuber.view.View;
import io.kuber.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One cluster of one seed: controllers that suffer {@link Faults}, nodes that lead pods through
 * their {@link Lot}, people who change things, and what must hold after every write. Objects live
 * in the namespace {@code default}. See the package.
 */
public final class Simulation {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Catalogue BUILT_IN = BuiltInKinds.catalogue();
  private static final List<ResourceType> TYPES =
      BUILT_IN.kinds().stream().map(Kind::type).toList();

  /** Changes that a failure tells of. */
  private static final int MAX_TOLD = 40;

  private static final int MAX_RESTART_MILLIS = 3000;

  private final SimulatedLoops loops;
  private final Entropy entropy;
  private final LocalStore store = new LocalStore();
  private final LateStore late;
  private final CustomCatalogue catalogue;
  private final Client people;
  private final Client controllersClient;
  private final Loop loop;
  private final SimulatedKubelets kubelets;
  private final List<Supplier<List<Controller>>> controllers = new ArrayList<>();
  private final List<Invariant> invariants = new ArrayList<>();
  private final Deque<Told> told = new ArrayDeque<>();
  private Function<Entropy, Faults> faults = Faults::all;
  private Faults suffered = Faults.NONE;
  private Optional<Faults> drawn = Optional.empty();
  private Lots troubled = Lots.CALM;
  private Lots calm = Lots.CALM;
  private boolean byController;
  private boolean started;
  private @Nullable Incarnation incarnation;
  private @Nullable AssertionError violated;

  private Simulation(long seed) {
    loops = new SimulatedLoops(seed, START);
    entropy = loops.entropy();
    loop = loops.loop("simulation");
    late = new LateStore(store, loop, loops.clock(), entropy);
    WatchHub hub = WatchHub.of(store);
    catalogue =
        new CustomCatalogue(store, BUILT_IN, new CustomKinds(ConversionReviews.NONE), hub::end);
    Api api = new Api(store, hub, catalogue, AdmissionChain.standard(loops), loops);
    people = new LocalClient(api, User.system("people"), loop);
    controllersClient = new LocalClient(api, User.system("kube-controller-manager"), loop);
    kubelets = new SimulatedKubelets(store, people, loops);
    store.subscribe(this::changed);
    create(Resources.NAMESPACES, "{metadata: {name: default}}");
  }

  /** A cluster of this seed, empty but for a namespace. */
  public static Simulation of(long seed) {
    return new Simulation(seed);
  }

  /** A claim about every step. */
  private record Invariant(String what, Consumer<Step> check) {}

  /** The controllers between a start and their death. */
  private record Incarnation(Reconciler reconciler, FaultyClient client) {}

  /** Runs these controllers, made anew for every incarnation. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Simulation running(Supplier<? extends Controller>... made) {
    controllers.add(() -> List.of(made).stream().map(each -> (Controller) each.get()).toList());
    return this;
  }

  /** What controllers suffer until {@link #rest}, drawn once; by default {@link Faults#all}. */
  public Simulation suffering(Function<Entropy, Faults> drawn) {
    faults = drawn;
    return this;
  }

  /** The lots of pods until {@link #rest}, and after. */
  public Simulation pods(Lots until, Lots after) {
    troubled = until;
    calm = after;
    kubelets.draw(until);
    return this;
  }

  /** So many nodes, called {@code node-0} and so on. */
  public Simulation nodes(int count) {
    for (int i = 0; i < count; i++) {
      join("node-" + i);
    }
    return this;
  }

  /** What must hold after every write; throws an {@link AssertionError} when it does not. */
  public void always(String what, Consumer<Step> check) {
    invariants.add(new Invariant(what, check));
  }

  /** What must hold now; a failure tells what went before. */
  public void conclude(Runnable claims) {
    try {
      claims.run();
    } catch (AssertionError broken) {
      throw new AssertionError(broken.getMessage() + story(), broken);
    }
  }

  private void changed(Delta delta, Image image) {
    tell(delta);
    kubelets.changed(delta);
    Step step = new Step(byController, delta, image);
    for (Invariant invariant : invariants) {
      if (violated != null) {
        return;
      }
      try {
        invariant.check().accept(step);
      } catch (AssertionError broken) {
        violated = new AssertionError(invariant.what() + ": " + broken.getMessage() + story());
      }
    }
  }

  private void tell(Delta delta) {
    if (told.size() == MAX_TOLD) {
      told.remove();
    }
    told.add(new Told(Duration.between(START, now()), byController, delta));
  }

  /** The last changes, for whoever reads a failure. */
  private String story() {
    StringBuilder story = new StringBuilder().append('\n').append(suffered);
    told.forEach(change -> story.append('\n').append(change));
    return story.toString();
  }

  /** One change, told only when somebody has to read it. */
  private record Told(Duration at, boolean byController, Delta delta) {
    @Override
    public String toString() {
      String what = delta.deleted() ? "gone" : delta.before() == null ? "new" : "changed";
      KubeObject object = delta.after().object();
      return "%s %s %s %s %s%s %s%s"
          .formatted(
              at,
              byController ? "controller:" : "others:",
              what,
              delta.key(),
              object.spec().has("replicas") ? "replicas " + object.spec().get("replicas") : "",
              object.spec().text("nodeName"),
              object.status().without("containerStatuses"),
              object.isBeingDeleted() ? " (being deleted)" : "");
    }
  }

  /**
   * Lets so much time pass under faults, and has a person do that many of the things at random
   * times, drawn anew each time.
   */
  public void during(Duration time, int deeds, List<Consumer<Simulation>> people) {
    suffer(drawn.orElseGet(() -> faults.apply(entropy)));
    kubelets.draw(troubled);
    start();
    for (int i = 0; i < deeds; i++) {
      Consumer<Simulation> deed = people.get(entropy.below(people.size()));
      loop.schedule(
          Duration.ofMillis(entropy.below((int) time.toMillis())), () -> deed.accept(this));
    }
    pass(time);
  }

  /** Ends all faults and lets things come to rest. */
  public void rest(Duration time) {
    suffer(Faults.NONE);
    kubelets.draw(calm);
    start();
    pass(time);
  }

  private void suffer(Faults next) {
    drawn = next.equals(Faults.NONE) ? drawn : Optional.of(next);
    suffered = next;
    late.suffer(next);
  }

  private void pass(Duration time) {
    Instant end = now().plus(time);
    while (now().isBefore(end) && violated == null) {
      Duration left = Duration.between(now(), end);
      loops.advance(left.compareTo(Duration.ofSeconds(1)) > 0 ? Duration.ofSeconds(1) : left);
    }
    if (violated != null) {
      throw violated;
    }
  }

  private void start() {
    if (!started) {
      started = true;
      incarnate();
    }
  }

  private void incarnate() {
    Incarnation[] self = new Incarnation[1];
    FaultyClient client =
        new FaultyClient(
            controllersClient,
            late,
            loop,
            entropy,
            () -> suffered,
            acting -> byController = acting,
            () -> crash(self[0]));
    List<Controller> list =
        controllers.stream().flatMap(each -> each.get().stream()).map(this::watched).toList();
    Reconciler reconciler = new Reconciler("controllers", list, late, client, loops, this::served);
    self[0] = new Incarnation(reconciler, client);
    incarnation = self[0];
    reconciler.start();
  }

  /** The controller, whose failure to plan is a failure of the simulation. */
  private Controller watched(Controller controller) {
    return new Controller() {
      @Override
      public String name() {
        return controller.name();
      }

      @Override
      public List<Trigger> triggers() {
        return controller.triggers();
      }

      @Override
      public Plan plan(View view, Key key, Instant now) {
        try {
          return controller.plan(view, key, now);
        } catch (RuntimeException unplanned) {
          violated = new AssertionError(name() + " cannot plan" + story(), unplanned);
          throw unplanned;
        }
      }
    };
  }

  /** The controllers die where they stand, and start anew after a while. */
  private void crash(Incarnation dying) {
    if (!dying.equals(incarnation)) {
      return;
    }
    incarnation = null;
    dying.client().die();
    dying.reconciler().stop();
    loop.schedule(Duration.ofMillis(entropy.below(MAX_RESTART_MILLIS)), this::incarnate);
  }

  /** A new node, or one that was silent. */
  public void join(String node) {
    if (find(Resources.NODES, node).isEmpty()) {
      create(Resources.NODES, "{metadata: {name: %s}}".formatted(node));
      merge(Resources.NODES, node, "{spec: {taints: null}}");
    }
    kubelets.join(node);
  }

  /** The node falls silent: its pods are no longer ready, and go with it after a while. */
  public void vanish(String node, Duration until) {
    kubelets.silence(node);
    for (KubeObject pod : podsOn(node)) {
      if (Pods.isReady(pod)) {
        kubelets.report(pod, Pods.phase(pod), false, Tree.of("running", Tree.EMPTY));
      }
    }
    loop.schedule(until, () -> collect(node));
  }

  private void collect(String node) {
    kubelets.forget(node);
    find(Resources.NODES, node).ifPresent(gone -> delete(Resources.NODES, gone, 0));
    podsOn(node).forEach(pod -> delete(Resources.PODS, pod, 0));
  }

  private List<KubeObject> podsOn(String node) {
    return list(Resources.PODS).stream().filter(pod -> Pods.nodeName(pod).equals(node)).toList();
  }

  /** The names of the nodes that run. */
  public List<String> runningNodes() {
    return kubelets.running();
  }

  /** Creates an object from YAML, by default in the namespace {@code default}. */
  public KubeObject create(ResourceType type, String yaml) {
    Tree tree = yaml(yaml).with("apiVersion", type.apiVersion()).with("kind", type.kind());
    KubeObject object = KubeObject.of(tree);
    boolean placed = !type.namespaced() || !object.namespace().isEmpty();
    return done(
        people.create(type, placed ? object : object.with("default", "metadata", "namespace")));
  }

  /** Merges YAML into an object; does nothing when it is not there. */
  public void merge(ResourceType type, String name, String yaml) {
    find(type, name)
        .ifPresent(
            object ->
                done(
                    people.patch(type, object.namespace(), name, "", PatchType.MERGE, yaml(yaml))));
  }

  /** Deletes an object with that grace, or the kind's own if it is negative. */
  public void delete(ResourceType type, KubeObject object, int graceSeconds) {
    done(
        people.delete(
            type,
            object.namespace(),
            object.name(),
            new DeleteOptions(graceSeconds, "", object.uid(), "")));
  }

  private static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** One of the list, by dice; empty when there is none. */
  public <T> Optional<T> any(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(entropy.below(list.size())));
  }

  /** A number from zero up to, but not, {@code bound}. */
  public int below(int bound) {
    return entropy.below(bound);
  }

  /** The object of that name, in the namespace {@code default} or of cluster scope. */
  public Optional<KubeObject> find(ResourceType type, String name) {
    return Optional.ofNullable(
            store.image().get(type.key(type.namespaced() ? "default" : "", name)))
        .map(Stored::object);
  }

  /** All objects of a type. */
  public List<KubeObject> list(ResourceType type) {
    return Step.all(store.image(), type);
  }

  /** The time. */
  public Instant now() {
    return clock().instant();
  }

  private InstantSource clock() {
    return loops.clock();
  }

  /** All built-in resources, as the controllers of everything want to know them. */
  public static List<ResourceType> types() {
    return TYPES;
  }

  /** All that is served now, custom resources as well. */
  public List<ResourceType> served() {
    return catalogue.get().kinds().stream().map(Kind::type).toList();
  }

  /** What controllers suffer now. */
  public Faults faults() {
    return suffered;
  }

  /** The revision of the store, which stands still when nobody has anything to do. */
  public long revision() {
    return store.image().revision();
  }

  /** Writes as a person does, without faults. */
  public Client people() {
    return people;
  }
}
