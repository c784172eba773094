package io.kuber.api;

import io.kuber.access.User;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Verb;
import java.util.List;

/**
 * What a client asks of the API, whatever way it came.
 *
 * @param verb what to do
 * @param type the resource to do it with
 * @param namespace empty for cluster scope, and for all namespaces
 * @param name empty where the verb is about many objects or the body names the object
 * @param subresource empty for the object itself
 * @param body what the client sent along
 * @param read which objects, for get, list, watch and deletecollection
 * @param write how to write, for all that writes
 * @param delete how to delete, for delete, deletecollection and eviction
 * @param user who asks
 * @param notes take what an audit log is to be told
 */
public record ApiRequest(
    Verb verb,
    ResourceType type,
    String namespace,
    String name,
    String subresource,
    Body body,
    ReadOptions read,
    WriteOptions write,
    DeleteOptions delete,
    User user,
    AuditNotes notes) {

  /** A request about one object without body and with default options; refine it with others. */
  public static ApiRequest of(
      Verb verb, ResourceType type, String namespace, String name, User user) {
    return new ApiRequest(
        verb,
        type,
        namespace,
        name,
        "",
        Body.NONE,
        ReadOptions.DEFAULT,
        WriteOptions.DEFAULT,
        DeleteOptions.DEFAULT,
        user,
        AuditNotes.NONE);
  }

  /** This request about a subresource. */
  public ApiRequest of(String subresource) {
    return new ApiRequest(
        verb, type, namespace, name, subresource, body, read, write, delete, user, notes);
  }

  /** This request with a body. */
  public ApiRequest with(Body body) {
    return new ApiRequest(
        verb, type, namespace, name, subresource, body, read, write, delete, user, notes);
  }

  /** This request with options of reading. */
  public ApiRequest with(ReadOptions read) {
    return new ApiRequest(
        verb, type, namespace, name, subresource, body, read, write, delete, user, notes);
  }

  /** This request with options of writing. */
  public ApiRequest with(WriteOptions write) {
    return new ApiRequest(
        verb, type, namespace, name, subresource, body, read, write, delete, user, notes);
  }

  /** This request with options of deletion. */
  public ApiRequest with(DeleteOptions delete) {
    return new ApiRequest(
        verb, type, namespace, name, subresource, body, read, write, delete, user, notes);
  }

  /** This request, of which an audit log is told. */
  public ApiRequest with(AuditNotes notes) {
    return new ApiRequest(
        verb, type, namespace, name, subresource, body, read, write, delete, user, notes);
  }

  /** The name of the object that it is about, from the path or the body; empty without one. */
  public String target() {
    return name.isEmpty() && body instanceof Body.Whole whole
        ? whole.object().text("metadata", "name")
        : name;
  }

  /** What a client sends along. */
  public sealed interface Body {
    /** Nothing. */
    Body NONE = new None();

    /** Nothing. */
    record None() implements Body {}

    /**
     * A whole object, as it was parsed.
     *
     * @param complaints of the reader, such as {@code duplicate field "spec.replicas"}
     */
    record Whole(Tree object, List<String> complaints) implements Body {
      /** Copies the complaints. */
      public Whole {
        complaints = List.copyOf(complaints);
      }

      /** An object in which no field stood twice. */
      public Whole(Tree object) {
        this(object, List.of());
      }
    }

    /**
     * A patch.
     *
     * @param patch Items for {@link Client.PatchType#JSON}, else a Tree
     * @param complaints of the reader of a configuration that is to be applied
     */
    record Patch(Client.PatchType type, Object patch, List<String> complaints) implements Body {
      /** Copies the complaints. */
      public Patch {
        complaints = List.copyOf(complaints);
      }

      /** A patch in which no field stood twice. */
      public Patch(Client.PatchType type, Object patch) {
        this(type, patch, List.of());
      }
    }
  }
}
