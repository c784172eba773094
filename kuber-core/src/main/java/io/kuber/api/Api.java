package io.kuber.api;

import io.kuber.access.Access;
import io.kuber.access.Authorizer;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.store.Store;
import io.kuber.watch.WatchHub;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The API: every request of every kind, whoever sends it, goes through {@link #handle}. All methods
 * may be called from any thread.
 */
public final class Api {
  private final Supplier<Catalogue> catalogue;
  private final Admission admission;
  private final Verbs verbs;
  private final Patient patient;
  private final Connect connect;
  private final Metering metering;
  private final Authorizer authorizer;
  private final InstantSource clock;
  private final Traffic traffic = new Traffic();
  private final Witnessing witnessing;

  /**
   * An API on a store; the hub has to follow the same store. The catalogue is asked for at every
   * request, since custom resource definitions change it.
   *
   * @param witness is told of all that clients in this process {@link #ask}
   * @param readings what nodes last measured; asked for on any thread, has to be at hand
   */
  public Api(
      Store store,
      WatchHub hub,
      Supplier<Catalogue> catalogue,
      Admission admission,
      Access access,
      Loops loops,
      Witness witness,
      Supplier<List<NodeReading>> readings) {
    this.metering = new Metering(readings, store);
    Loop timers = loops.loop("api");
    this.catalogue = catalogue;
    this.witnessing = new Witnessing(witness, loops.clock());
    this.admission = admission;
    this.authorizer = access.authorizer();
    this.connect = new Connect(store, admission);
    this.clock = loops.clock();
    Pages pages = new Pages(loops.clock(), hub);
    Rations rations = new Rations(store, loops.clock());
    this.verbs = new Verbs(store, rations, hub, pages, admission, access, traffic, loops, timers);
    this.patient =
        new Patient(
            loops,
            store,
            (handedOver, loop) ->
                new Verbs(
                    handedOver,
                    rations.answeringOn(loop),
                    hub,
                    pages,
                    admission,
                    access,
                    traffic,
                    loops,
                    timers));
  }

  /** As the other, of which nobody is told, over nodes that measure nothing. */
  public Api(
      Store store,
      WatchHub hub,
      Supplier<Catalogue> catalogue,
      Admission admission,
      Access access,
      Loops loops) {
    this(store, hub, catalogue, admission, access, loops, Witness.NOBODY, List::of);
  }

  /** As the other, with rights for administrators only. */
  public Api(
      Store store, WatchHub hub, Supplier<Catalogue> catalogue, Admission admission, Loops loops) {
    this(store, hub, catalogue, admission, Access.ofAdministrators(), loops);
  }

  /** What is served now. */
  public Catalogue catalogue() {
    return catalogue.get();
  }

  /** What it has done so far. */
  public Traffic traffic() {
    return traffic;
  }

  /**
   * The answer to a request of a client in this process, which passes no gate: it is refused here
   * unless its user may do it.
   */
  public CompletionStage<ApiAnswer> ask(ApiRequest request) {
    return witnessing.of(request, () -> permitted(request));
  }

  private CompletionStage<ApiAnswer> permitted(ApiRequest request) {
    try {
      Deeds.require(authorizer, request.user(), Deeds.of(request));
    } catch (ApiException refused) {
      return CompletableFuture.failedStage(refused);
    }
    return handle(request);
  }

  /**
   * The answer to a request that was let through; the stage fails with {@link ApiException} and
   * with nothing else.
   */
  public CompletionStage<ApiAnswer> handle(ApiRequest request) {
    CompletableFuture<ApiAnswer> answered = new CompletableFuture<>();
    Instant start = clock.instant();
    try {
      answer(request)
          .whenComplete(
              (answer, failure) -> {
                traffic.answered(request.verb(), Duration.between(start, clock.instant()));
                if (failure == null) {
                  answered.complete(answer);
                } else {
                  answered.completeExceptionally(Failures.of(failure));
                }
              });
    } catch (RuntimeException refused) {
      traffic.answered(request.verb(), Duration.between(start, clock.instant()));
      answered.completeExceptionally(Failures.of(refused));
    }
    return answered;
  }

  /**
   * Asks admission about a connection that its user has the right to open: exec, attach,
   * port-forward, or a request that is passed on.
   *
   * @param request a create of the subresource, whose body has the options
   * @return what the client is to be warned of; fails with {@link ApiException} when the connection
   *     is refused, and with nothing else. Complete at once unless a webhook is asked
   */
  public CompletionStage<List<String>> connect(ApiRequest request) {
    CompletableFuture<List<String>> checked = new CompletableFuture<>();
    try {
      Served served = catalogue.get().findServed(request.type()).orElseThrow();
      CompletionStage<List<String>> warnings =
          admission.mayWait(served.kind(), request.subresource())
              ? patient.run(() -> connect.check(request, served))
              : CompletableFuture.completedStage(connect.check(request, served));
      warnings.whenComplete(
          (said, failure) -> {
            if (failure == null) {
              checked.complete(said);
            } else {
              checked.completeExceptionally(Failures.of(failure));
            }
          });
    } catch (RuntimeException refused) {
      checked.completeExceptionally(Failures.of(refused));
    }
    return checked;
  }

  private CompletionStage<ApiAnswer> answer(ApiRequest request) {
    Catalogue now = catalogue.get();
    if (request.type().equals(Resources.BINDINGS)) {
      return bound(request, now.served(Resources.BINDINGS), now.served(Resources.PODS));
    }
    Served served = now.findServed(request.type()).orElseThrow(Failures::unknownResource);
    if (Metering.answers(served.type())) {
      return metering.answer(request, served);
    }
    return served.kind().waits() || mayWait(request, served)
        ? patient.answer(request, served)
        : verbs.answer(request, served);
  }

  private CompletionStage<ApiAnswer> bound(ApiRequest request, Served bindings, Served pods) {
    if (request.verb() != Verb.CREATE) {
      throw Failures.methodNotAllowed();
    }
    return mayWait(request, bindings)
        ? patient.answer(waiting -> waiting.bind(request, bindings, pods))
        : verbs.bind(request, bindings, pods);
  }

  private boolean mayWait(ApiRequest request, Served served) {
    return switch (request.verb()) {
      case GET, LIST, WATCH -> false;
      case CREATE, UPDATE, PATCH, DELETE, DELETE_COLLECTION ->
          admission.mayWait(served.kind(), request.subresource());
    };
  }
}
