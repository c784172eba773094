package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.resource.Served;

/** {@code authentication.k8s.io/v1 TokenRequest}, which is posted to a service account. */
final class TokenFacet implements Facet {
  static final String GROUP = "authentication.k8s.io";
  static final String KIND = "TokenRequest";

  @Override
  public String apiVersion(Served served) {
    return GROUP + "/v1";
  }

  @Override
  public String kind(Served served) {
    return KIND;
  }

  @Override
  public boolean showsWhole() {
    return false;
  }

  /** Only the type is the path's; what the body says about names is held against it later. */
  @Override
  public KubeObject placed(ApiRequest request, Served served, KubeObject body) {
    return Identity.typed(body, apiVersion(served), KIND);
  }
}
