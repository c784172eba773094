package io.kuber.api;

import io.kuber.access.Access;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Kind;
import io.kuber.resource.Served;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.store.Store;
import io.kuber.watch.WatchHub;
import java.util.concurrent.CompletionStage;

/** The verbs on one store, and which of them answers a request. */
final class Verbs {
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

  Verbs(
      Store store,
      Rations rations,
      WatchHub hub,
      Pages pages,
      Admission admission,
      Access access,
      Traffic traffic,
      Loops loops,
      Loop timers) {
    Freshness freshness = new Freshness(store, timers);
    Commit commit = new Commit(store, rations);
    Rewrite rewrite = new Rewrite(admission);
    Owners owners = new Owners(loops.clock());
    this.create = new Create(loops, admission, access.authorizer(), owners, commit);
    this.get = new Get(freshness);
    this.list = new ListObjects(freshness, pages);
    this.watch = new Watch(freshness, hub, traffic);
    this.update = new Update(rewrite, create, owners, commit);
    this.patch = new Patch(rewrite, new Apply(rewrite, create, owners, commit), owners, commit);
    this.delete = new Delete(loops.clock(), admission, commit);
    this.deleteCollection = new DeleteCollection(list, delete);
    this.bind = new Bind(loops.clock(), admission, commit);
    this.evict = new Evict(loops.clock(), admission, freshness, commit, delete);
    this.review = new Review(access, loops.clock());
    this.issueToken = new IssueToken(access.issuer(), admission, loops, freshness);
  }

  /** The answer to a Binding that was posted for itself. */
  CompletionStage<ApiAnswer> bind(ApiRequest request, Served bindings, Served pods) {
    return bind.handle(request, bindings, pods);
  }

  CompletionStage<ApiAnswer> answer(ApiRequest request, Served served) {
    return request.subresource().isEmpty() ? object(request, served) : subresource(request, served);
  }

  /** The side of an object that its own path shows. */
  private static Facet whole(Kind kind) {
    if (kind.subresource("finalize").isPresent()) {
      return Facet.WHOLE_BUT_FINALIZERS;
    }
    return kind.has(Trait.STATUS) ? Facet.WHOLE_BUT_STATUS : Facet.WHOLE;
  }

  private CompletionStage<ApiAnswer> object(ApiRequest request, Served served) {
    Kind kind = served.kind();
    if (!kind.verbs().contains(request.verb())) {
      throw Failures.methodNotAllowed();
    }
    Lens lens = new Lens(served, whole(kind));
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
      case "binding" -> bind.handle(request, served);
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
