package io.kuber.api;

import io.kuber.access.Access;
import io.kuber.access.Authorizer;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
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
  private final Review review;
  private final IssueToken issueToken;
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
    Freshness freshness = new Freshness(store, timers);
    Commit commit = new Commit(store);
    Rewrite rewrite = new Rewrite(admission);
    this.catalogue = catalogue;
    Owners owners = new Owners(loops.clock());
    this.create = new Create(loops, admission, access.authorizer(), owners, commit);
    this.get = new Get(freshness);
    this.list = new ListObjects(freshness, new Pages(loops.clock(), hub));
    this.watch = new Watch(freshness, hub);
    this.update = new Update(rewrite, create, owners, commit);
    this.patch = new Patch(rewrite, new Apply(rewrite, create, owners, commit), owners, commit);
    this.delete = new Delete(loops.clock(), admission, commit);
    this.deleteCollection = new DeleteCollection(list, delete);
    this.bind = new Bind(loops.clock(), rewrite, commit);
    this.evict = new Evict(loops.clock(), commit, delete);
    this.review = new Review(access, loops.clock());
    this.issueToken = new IssueToken(access.issuer(), admission, loops, freshness);
    this.authorizer = access.authorizer();
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
      return bind.handle(Bind.named(request), new Lens(now.served(Resources.PODS), Facet.WHOLE));
    }
    Served served = now.findServed(request.type()).orElseThrow(Failures::unknownResource);
    return request.subresource().isEmpty() ? object(request, served) : subresource(request, served);
  }

  private CompletionStage<ApiAnswer> object(ApiRequest request, Served served) {
    Kind kind = served.kind();
    if (!kind.verbs().contains(request.verb())) {
      throw Failures.methodNotAllowed();
    }
    Lens lens = new Lens(served, kind.has(Trait.STATUS) ? Facet.WHOLE_BUT_STATUS : Facet.WHOLE);
    return switch (request.verb()) {
      case CREATE ->
          review.answers(kind.type()) ? review.handle(request, lens) : create.handle(request, lens);
      case GET -> get.handle(request, lens);
      case LIST -> list.handle(request, served);
      case WATCH -> watch.handle(request, served);
      case UPDATE -> update.handle(request, lens);
      case PATCH -> patch.handle(request, lens);
      case DELETE -> delete.handle(request, lens);
      case DELETE_COLLECTION -> deleteCollection.handle(request, served);
    };
  }

  private CompletionStage<ApiAnswer> subresource(ApiRequest request, Served served) {
    Verb verb = request.verb();
    boolean offered =
        served
            .version()
            .subresource(request.subresource())
            .filter(part -> part.verbs().contains(verb))
            .isPresent();
    if (!offered) {
      throw Failures.methodNotAllowed();
    }
    return switch (verb) {
      case CREATE -> post(request, served);
      case GET -> get.handle(request, lens(request, served));
      case UPDATE -> update.handle(request, lens(request, served));
      case PATCH -> patch.handle(request, lens(request, served));
      default -> throw Failures.methodNotAllowed();
    };
  }

  private CompletionStage<ApiAnswer> post(ApiRequest request, Served served) {
    return switch (request.subresource()) {
      case "binding" -> bind.handle(request, new Lens(served, Facet.WHOLE));
      case "eviction" -> evict.handle(request, served);
      case "token" -> issueToken.handle(request, served);
      default -> throw Failures.methodNotAllowed();
    };
  }

  private static Lens lens(ApiRequest request, Served served) {
    return new Lens(served, facet(request.subresource(), served));
  }

  private static Facet facet(String subresource, Served served) {
    return switch (subresource) {
      case "status" -> Facet.STATUS;
      case "approval" -> Facet.APPROVAL;
      case "scale" -> new ScaleFacet(served.version());
      case "finalize" -> Facet.FINALIZE;
      case "ephemeralcontainers" -> Facet.EPHEMERAL_CONTAINERS;
      case "resize" -> Facet.RESIZE;
      default -> throw Failures.methodNotAllowed();
    };
  }
}
