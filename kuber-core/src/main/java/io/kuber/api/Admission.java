package io.kuber.api;

import io.kuber.access.User;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Step 4 of the flow: looks at a write before it is stored, and changes or refuses it. {@code
 * io.kuber.admission} has the links and the order in which they come.
 */
@FunctionalInterface
public interface Admission {
  /** The object to write, perhaps changed; throws {@link ApiException} to refuse. */
  KubeObject admit(Request request);

  /**
   * Whether a write of the kind may have to wait for somebody outside, so that it is served where
   * waiting holds up nobody else.
   */
  default boolean mayWait(Kind kind, String subresource) {
    return false;
  }

  /**
   * A write that wants to be admitted.
   *
   * @param verb create, update or delete (a patch is an update)
   * @param kind of the object
   * @param subresource empty for the object itself
   * @param object as it is to be written; for a delete, the object there is; for what is posted to
   *     a path of an object, such as a Binding, just that
   * @param old the object there is, null for a create
   * @param user who asks
   * @param image what the decision is based on
   * @param context what else the client has said
   */
  record Request(
      Verb verb,
      Kind kind,
      String subresource,
      KubeObject object,
      @Nullable KubeObject old,
      User user,
      Image image,
      Context context) {
    /** A write of the stored version, of which nothing else is known. */
    public Request(
        Verb verb,
        Kind kind,
        String subresource,
        KubeObject object,
        @Nullable KubeObject old,
        User user,
        Image image) {
      this(verb, kind, subresource, object, old, user, image, Context.of(kind.type()));
    }

    /** This request with the object as a link changed it. */
    public Request with(KubeObject changed) {
      return new Request(verb, kind, subresource, changed, old, user, image, context);
    }

    /** Whether this creates an object of its own, not of a subresource. */
    public boolean isCreate() {
      return verb == Verb.CREATE && subresource.isEmpty();
    }

    /**
     * Whether nothing is created, but a connection opened to a part of an object, whose options are
     * the body of the context.
     */
    public boolean isConnect() {
      return verb == Verb.CREATE && Connect.opens(subresource);
    }
  }

  /**
   * What a client has said besides the object.
   *
   * @param asked the resource as its path names it, in the version of the client
   * @param body the options of a connection, empty for all else
   * @param form of the part that is written, where it is not that of the whole object
   * @param dryRun whether nothing is to be written
   * @param options of the request, as reviews show them
   * @param warnings takes what the client is to be warned of
   * @param notes take what an audit log is to be told
   */
  record Context(
      ResourceType asked,
      Tree body,
      Optional<Form> form,
      boolean dryRun,
      Tree options,
      Consumer<String> warnings,
      AuditNotes notes) {
    /** The same about whole objects. */
    public Context(
        ResourceType asked,
        Tree body,
        boolean dryRun,
        Tree options,
        Consumer<String> warnings,
        AuditNotes notes) {
      this(asked, body, Optional.empty(), dryRun, options, warnings, notes);
    }

    /** The same of which no audit log is told. */
    public Context(
        ResourceType asked, Tree body, boolean dryRun, Tree options, Consumer<String> warnings) {
      this(asked, body, dryRun, options, warnings, AuditNotes.NONE);
    }

    /** Nothing else was said. */
    static Context of(ResourceType asked) {
      return new Context(asked, Tree.EMPTY, false, Tree.EMPTY, warning -> {});
    }

    /** The object, or the part of it that is written, as who reviews the write sees it. */
    public KubeObject shown(KubeObject whole) {
      return form.map(own -> own.show(whole)).orElse(whole);
    }

    /** The options of a connection, or the object. */
    public KubeObject sent(KubeObject object) {
      return body.isEmpty() ? object : KubeObject.of(body);
    }
  }

  /** The form of a part of objects that is no object of their kind, such as a Scale. */
  interface Form {
    /** The part of an object. */
    KubeObject show(KubeObject whole);

    /** The object once its part is as wanted; throws {@link ApiException} when that cannot be. */
    KubeObject rewritten(KubeObject whole, Tree wanted);
  }
}
