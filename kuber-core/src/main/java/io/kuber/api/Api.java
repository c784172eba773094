package io.kuber.api;

import io.kuber.access.Access;
import io.kuber.access.Authorizer;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.store.Store;
import io.kuber.watch.WatchHub;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The API: every request of every kind, whoever sends it, goes through {@link #handle}. All methods
 * may be called from any thread.
 */
public final class Api {
  private final Supplier<Catalogue> catalogue;
  private final Verbs verbs;
  private final Patient patient;
  private final Authorizer authorizer;

  /**
   * An API on a store; the hub has to follow the same store. The catalogue is asked for at every
   * request, since custom resource definitions change it.
   */
  public Api(
      Store store,
      WatchHub hub,
      Supplier<Catalogue> catalogue,
      Admission admission,
      Access access,
      Loops loops) {
    Loop timers = loops.loop("api");
    this.catalogue = catalogue;
    this.authorizer = access.authorizer();
    Pages pages = new Pages(loops.clock(), hub);
    this.verbs = new Verbs(store, hub, pages, admission, access, loops, timers);
    this.patient =
        new Patient(
            loops,
            store,
            handedOver -> new Verbs(handedOver, hub, pages, admission, access, loops, timers));
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

  /**
   * The answer to a request of a client in this process, which passes no gate: it is refused here
   * unless its user may do it.
   */
  public CompletionStage<ApiAnswer> ask(ApiRequest request) {
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
    try {
      answer(request)
          .whenComplete(
              (answer, failure) -> {
                if (failure == null) {
                  answered.complete(answer);
                } else {
                  answered.completeExceptionally(Failures.of(failure));
                }
              });
    } catch (RuntimeException refused) {
      answered.completeExceptionally(Failures.of(refused));
    }
    return answered;
  }

  private CompletionStage<ApiAnswer> answer(ApiRequest request) {
    Catalogue now = catalogue.get();
    if (request.type().equals(Resources.BINDINGS)) {
      return verbs.answer(request, now.served(Resources.PODS));
    }
    Served served = now.findServed(request.type()).orElseThrow(Failures::unknownResource);
    return served.kind().waits() ? patient.answer(request, served) : verbs.answer(request, served);
  }
}
