package io.kuber.cel.library;

import io.kuber.cel.value.Opaque;
import java.util.Map;
import java.util.Optional;

/**
 * The authorizer as expressions see it: they say step by step what they want to know and ask at
 * last (apiserver, pkg/cel/library/authz.go). Immutable.
 */
public sealed interface Authorization extends Opaque {
  /** The name of the type of {@link Asker}. */
  String ASKER = "kubernetes.authorization.Authorizer";

  /** The name of the type of {@link ResourceCheck}. */
  String RESOURCE_CHECK = "kubernetes.authorization.ResourceCheck";

  /** Answers what expressions ask. */
  interface Authority {
    /**
     * Whether a path that is no resource may be used.
     *
     * @param account the account in question; without one the user who sends the request
     */
    Decision check(Optional<Account> account, PathCheck path, String verb);

    /** Whether something may be done with a resource. */
    Decision check(Optional<Account> account, ResourceCheck resource, String verb);
  }

  /** A service account. */
  record Account(String namespace, String name) {}

  /** Whoever's rights are asked for: a service account, or the user who sends the request. */
  record Asker(Authority authority, Optional<Account> account) implements Authorization {
    @Override
    public String typeName() {
      return ASKER;
    }
  }

  /** About a path. */
  record PathCheck(Asker asker, String path) implements Authorization {
    @Override
    public String typeName() {
      return "kubernetes.authorization.PathCheck";
    }
  }

  /** About a group of the API. */
  record GroupCheck(Asker asker, String group) implements Authorization {
    @Override
    public String typeName() {
      return "kubernetes.authorization.GroupCheck";
    }
  }

  /**
   * About a resource.
   *
   * @param fields that a field selector fixes
   */
  record ResourceCheck(
      Asker asker,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name,
      Map<String, String> fields)
      implements Authorization {
    /** Copies the fields. */
    public ResourceCheck {
      fields = Map.copyOf(fields);
    }

    /** About all objects of a resource. */
    public ResourceCheck(Asker asker, String group, String resource) {
      this(asker, group, resource, "", "", "", Map.of());
    }

    ResourceCheck ofSubresource(String part) {
      return new ResourceCheck(asker, group, resource, part, namespace, name, fields);
    }

    ResourceCheck in(String other) {
      return new ResourceCheck(asker, group, resource, subresource, other, name, fields);
    }

    ResourceCheck named(String other) {
      return new ResourceCheck(asker, group, resource, subresource, namespace, other, fields);
    }

    ResourceCheck where(Map<String, String> chosen) {
      return new ResourceCheck(asker, group, resource, subresource, namespace, name, chosen);
    }

    @Override
    public String typeName() {
      return RESOURCE_CHECK;
    }
  }

  /**
   * An answer.
   *
   * @param reason for people; empty when there is nothing to say
   */
  record Decision(boolean isAllowed, String reason) implements Authorization {
    @Override
    public String typeName() {
      return "kubernetes.authorization.Decision";
    }
  }
}
