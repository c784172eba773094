package io.kuber.api;

import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiAnswer.Success;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.Served;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Deletes an object, or begins to. */
final class Delete {
  private final InstantSource clock;
  private final Admission admission;
  private final Commit commit;

  Delete(InstantSource clock, Admission admission, Commit commit) {
    this.clock = clock;
    this.admission = admission;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens) {
    DeleteOptions options = DeleteBody.options(request);
    boolean dryRun = DeleteBody.isDryRun(request);
    return run(request, lens.served(), options, dryRun).thenApply(done -> answer(lens, done));
  }

  /** Deletes the object that the request names, and says what was done. */
  CompletionStage<Commit.Done> run(
      ApiRequest request, Served served, DeleteOptions options, boolean dryRun) {
    return commit.run(dryRun, image -> decide(request, served, options, dryRun, image));
  }

  private Decision decide(
      ApiRequest request, Served served, DeleteOptions options, boolean dryRun, Image image) {
    Kind kind = served.kind();
    Key key = kind.type().key(request.namespace(), request.name());
    Stored stored = image.get(key);
    if (stored == null) {
      throw Failures.notFound(served.type(), request.name());
    }
    KubeObject object = kind.current(stored.object());
    Preconditions.check(served.type(), options, object);
    Said said = new Said(request.with(options), dryRun);
    admission.admit(
        new Admission.Request(
            Verb.DELETE, kind, "", object, object, request.user(), image, said.context()));
    KubeObject marked = Deletion.mark(kind, object, options, clock.instant());
    if (Deletion.isOver(kind, marked)) {
      return new Decision.Remove(key, stored, marked, said.warnings());
    }
    return marked.equals(stored.object())
        ? new Decision.Leave(stored, said.warnings())
        : new Decision.Put(key, stored, marked, said.warnings());
  }

  private static ApiAnswer answer(Lens lens, Commit.Done done) {
    KubeObject object = lens.show(Written.object(done));
    boolean gone = done.decision() instanceof Decision.Remove;
    if (!gone || lens.kind().has(Trait.ANSWERS_WITH_DELETED)) {
      return new One(object, lens.verbatim(done.stored()), false, done.decision().warnings());
    }
    Tree.Builder details = Tree.builder().put("name", object.name());
    if (!lens.type().group().isEmpty()) {
      details.put("group", lens.type().group());
    }
    details.put("kind", lens.type().plural()).put("uid", object.uid());
    return new Success(Successes.status(details.build()), false);
  }
}
