package io.kuber.api;

import io.kuber.access.Authorizer;
import io.kuber.api.Fields.Checked;
import io.kuber.loop.Loops;
import io.kuber.managed.Managing;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import io.kuber.store.Key;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Makes an object that was not there: names it, has it admitted (step 4 of the flow, {@code
 * io.kuber.admission.AdmissionChain}), and hands it to {@link Commit}, which asks the store (step
 * 5).
 */
final class Create {
  /** Random characters behind {@code generateName}. */
  private static final int SUFFIX = 5;

  /** Characters of {@code generateName} that are used, so that the name fits a DNS label. */
  private static final int MAX_BASE = 58;

  /**
   * Names tried before the client is told to try itself (apiserver,
   * maxNameGenerationCreateAttempts).
   */
  private static final int MAX_NAMES = 8;

  private final Loops loops;
  private final Admission admission;
  private final Authorizer authorizer;
  private final Owners owners;
  private final Commit commit;

  Create(Loops loops, Admission admission, Authorizer authorizer, Owners owners, Commit commit) {
    this.loops = loops;
    this.admission = admission;
    this.authorizer = authorizer;
    this.owners = owners;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens) {
    Checked checked = Fields.check(request, lens);
    KubeObject body = lens.placed(request, KubeObject.of(checked.object()));
    if (!body.resourceVersion().isEmpty()) {
      throw Failures.badRequest("resourceVersion should not be set on objects to be created");
    }
    return commit
        .run(request.write().dryRun(), image -> decide(request, lens, body, image))
        .thenApply(done -> Written.answer(done, lens, checked.warnings()));
  }

  /** The decision to write {@code body} as a new object; update uses it where it may create. */
  Decision decide(ApiRequest request, Lens lens, KubeObject body, Image image) {
    return decide(request, lens, body, image, object -> owners.created(request, lens, object));
  }

  /**
   * The decision to write {@code body} as a new object that has owners already. Whoever comes here
   * by an update or a patch was let through for that alone, and has to be allowed to create.
   */
  Decision decide(
      ApiRequest request,
      Lens lens,
      KubeObject body,
      Image image,
      Function<KubeObject, Items> ownersOf) {
    if (request.verb() != Verb.CREATE) {
      Deeds.require(authorizer, request.user(), Deeds.of(request).by(Verb.CREATE.text()));
    }
    Kind kind = lens.kind();
    KubeObject named = named(lens, lens.begun(body), image);
    KubeObject complete = kind.rules().defaulted(begun(kind, named));
    Tree owned = Managing.managed(complete.tree(), ownersOf.apply(complete));
    Said said = new Said(request);
    KubeObject object =
        admission.admit(
            new Admission.Request(
                Verb.CREATE,
                kind,
                "",
                KubeObject.of(owned),
                null,
                request.user(),
                image,
                said.context()));
    Key key = kind.type().keyOf(object);
    if (image.get(key) != null) {
      throw Failures.alreadyExists(lens.type(), object.name());
    }
    return new Decision.Put(
        key, null, object, said.warnings(), kind.type(), kind.rules().unique(object));
  }

  private KubeObject named(Lens lens, KubeObject body, Image image) {
    String base = body.metadata().text("generateName");
    if (!body.name().isEmpty() || base.isEmpty()) {
      return body;
    }
    String stem = base.length() > MAX_BASE ? base.substring(0, MAX_BASE) : base;
    String name = "";
    for (int tries = 0; tries < MAX_NAMES; tries++) {
      name = stem + loops.entropy().nameSuffix(SUFFIX);
      if (image.get(lens.kind().type().key(body.namespace(), name)) == null) {
        return body.with(name, "metadata", "name");
      }
    }
    throw Failures.noUniqueName(lens.type(), name);
  }

  /** What only the system may say: identity and age are new, and deletion was not asked for. */
  private KubeObject begun(Kind kind, KubeObject named) {
    Tree metadata =
        named
            .metadata()
            .without("deletionTimestamp")
            .without("deletionGracePeriodSeconds")
            .without("managedFields")
            .without("selfLink")
            .without("generation")
            .with("uid", loops.entropy().uuid().toString())
            .with("creationTimestamp", Times.text(loops.clock().instant()));
    if (kind.has(Trait.GENERATION)) {
      metadata = metadata.with("generation", 1L);
    }
    return KubeObject.of(named.tree().with("metadata", metadata));
  }
}
