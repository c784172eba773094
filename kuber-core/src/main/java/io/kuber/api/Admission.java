package io.kuber.api;

import io.kuber.access.User;
import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
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
   * A write that wants to be admitted.
   *
   * @param verb create, update or delete (a patch is an update)
   * @param kind of the object
   * @param subresource empty for the object itself
   * @param object as it is to be written; for a delete, the object there is
   * @param old the object there is, null for a create
   * @param user who asks
   * @param image what the decision is based on
   */
  record Request(
      Verb verb,
      Kind kind,
      String subresource,
      KubeObject object,
      @Nullable KubeObject old,
      User user,
      Image image) {
    /** This request with the object as a link changed it. */
    public Request with(KubeObject changed) {
      return new Request(verb, kind, subresource, changed, old, user, image);
    }

    /** Whether this creates an object of its own, not of a subresource. */
    public boolean isCreate() {
      return verb == Verb.CREATE && subresource.isEmpty();
    }
  }
}
