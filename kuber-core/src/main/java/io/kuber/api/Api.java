package io.kuber.api;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.schema.Schemas;
import io.kuber.store.Store;
import io.kuber.watch.WatchHub;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The API: every request of every kind, whoever sends it, goes through {@link #handle}. All methods
 * may be called from any thread.
 */
public final class Api {
  private final Catalogue catalogue;
  private final Create create;
  private final Get get;
  private final ListObjects list;
  private final Watch watch;
  private final Update update;
  private final Patch patch;
  private final Delete delete;
  private final DeleteCollection deleteCollection;
  private final Bind bind;
  private final Evict evict;

  /** An API on a store; the hub has to follow the same store. */
  public Api(Store store, WatchHub hub, Catalogue catalogue, Admission admission, Loops loops) {
    Loop timers = loops.loop("api");
    Freshness freshness = new Freshness(store, timers);
    Commit commit = new Commit(store);
    Fields fields = new Fields(Schemas.builtIn());
    Rewrite rewrite = new Rewrite(admission);
    this.catalogue = catalogue;
    this.create = new Create(loops, admission, fields, commit);
    this.get = new Get(freshness);
    this.list = new ListObjects(freshness, new Pages(loops.clock()));
    this.watch = new Watch(freshness, hub);
    this.update = new Update(rewrite, create, fields, commit);
    this.patch = new Patch(rewrite, new Patches(Schemas.builtIn()), fields, commit);
    this.delete = new Delete(loops.clock(), admission, commit);
    this.deleteCollection = new DeleteCollection(list, delete);
    this.bind = new Bind(loops.clock(), rewrite, commit);
    this.evict = new Evict(delete);
  }

  /** What is served. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** The answer to a request; the stage fails with {@link ApiException} and with nothing else. */
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
    if (request.type().equals(Resources.BINDINGS)) {
      return bind.handle(Bind.named(request), catalogue.of(Resources.PODS));
    }
    Kind kind = catalogue.of(request.type());
    return request.subresource().isEmpty() ? object(request, kind) : subresource(request, kind);
  }

  private CompletionStage<ApiAnswer> object(ApiRequest request, Kind kind) {
    if (!kind.verbs().contains(request.verb())) {
      throw Failures.methodNotAllowed();
    }
    Facet facet = kind.has(Trait.STATUS) ? Facet.WHOLE_BUT_STATUS : Facet.WHOLE;
    return switch (request.verb()) {
      case CREATE -> create.handle(request, kind);
      case GET -> get.handle(request, kind, facet);
      case LIST -> list.handle(request, kind);
      case WATCH -> watch.handle(request, kind);
      case UPDATE -> update.handle(request, kind, facet);
      case PATCH -> patch.handle(request, kind, facet);
      case DELETE -> delete.handle(request, kind);
      case DELETE_COLLECTION -> deleteCollection.handle(request, kind);
    };
  }

  private CompletionStage<ApiAnswer> subresource(ApiRequest request, Kind kind) {
    Verb verb = request.verb();
    boolean served =
        kind.subresource(request.subresource()).filter(s -> s.verbs().contains(verb)).isPresent();
    if (!served) {
      throw Failures.methodNotAllowed();
    }
    return switch (verb) {
      case CREATE -> post(request, kind);
      case GET -> get.handle(request, kind, facet(request.subresource()));
      case UPDATE -> update.handle(request, kind, facet(request.subresource()));
      case PATCH -> patch.handle(request, kind, facet(request.subresource()));
      default -> throw Failures.methodNotAllowed();
    };
  }

  private CompletionStage<ApiAnswer> post(ApiRequest request, Kind kind) {
    return switch (request.subresource()) {
      case "binding" -> bind.handle(request, kind);
      case "eviction" -> evict.handle(request, kind);
      default -> throw Failures.methodNotAllowed();
    };
  }

  private static Facet facet(String subresource) {
    return switch (subresource) {
      case "status" -> Facet.STATUS;
      case "scale" -> new ScaleFacet();
      case "finalize" -> Facet.FINALIZE;
      case "ephemeralcontainers" -> Facet.EPHEMERAL_CONTAINERS;
      case "resize" -> Facet.RESIZE;
      default -> throw Failures.methodNotAllowed();
    };
  }
}
