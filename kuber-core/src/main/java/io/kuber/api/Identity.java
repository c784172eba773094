package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;

/** Holds what a body says about itself against what the path says. */
final class Identity {
  private Identity() {}

  /** The body with type and namespace of the request, where it said nothing else. */
  static KubeObject placed(ApiRequest request, ResourceType type, KubeObject body) {
    return named(request, type, typed(body, type.apiVersion(), type.kind()));
  }

  /** The body with the names of the request, where it said nothing else. */
  static KubeObject named(ApiRequest request, ResourceType type, KubeObject body) {
    KubeObject spaced = spaced(request, type, body);
    if (request.name().isEmpty()) {
      return spaced;
    }
    if (!spaced.name().isEmpty()) {
      checkName(request, spaced);
    }
    return spaced.with(request.name(), "metadata", "name");
  }

  /** The body with the type that is expected of it. */
  static KubeObject typed(KubeObject body, String apiVersion, String kind) {
    if (!body.apiVersion().isEmpty() && !body.apiVersion().equals(apiVersion)) {
      throw Failures.badRequest(
          "the API version in the data ("
              + body.apiVersion()
              + ") does not match the expected API version ("
              + apiVersion
              + ")");
    }
    if (!body.kind().isEmpty() && !body.kind().equals(kind)) {
      throw Failures.badRequest(
          "the kind in the data ("
              + body.kind()
              + ") does not match the expected kind ("
              + kind
              + ")");
    }
    return KubeObject.of(
        Canonical.ordered(body.tree().with("apiVersion", apiVersion).with("kind", kind)));
  }

  private static KubeObject spaced(ApiRequest request, ResourceType type, KubeObject body) {
    if (!type.namespaced()) {
      return body.without("metadata", "namespace");
    }
    if (request.namespace().isEmpty()) {
      throw Failures.badRequest("an empty namespace may not be set during creation");
    }
    if (body.namespace().isEmpty()) {
      return body.with(request.namespace(), "metadata", "namespace");
    }
    if (!body.namespace().equals(request.namespace())) {
      throw Failures.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    return body;
  }

  private static void checkName(ApiRequest request, KubeObject body) {
    if (!body.name().equals(request.name())) {
      throw Failures.badRequest(
          "the name of the object ("
              + body.name()
              + ") does not match the name on the URL ("
              + request.name()
              + ")");
    }
  }
}
