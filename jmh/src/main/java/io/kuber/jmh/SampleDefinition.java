package io.kuber.jmh;

/** A custom resource whose objects five rules of CEL are asked about, and one such object. */
final class SampleDefinition {
  static final String NAME = "rollouts.bench.example.com";

  /** What makes it served. */
  static final String ESTABLISHED =
      """
      {"status": {"acceptedNames": {"plural": "rollouts", "kind": "Rollout"},
        "storedVersions": ["v1"], "conditions": [{"type": "Established", "status": "True"}]}}
      """;

  static final String DEFINITION =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "rollouts.bench.example.com"},
       "spec": {"group": "bench.example.com", "scope": "Namespaced",
        "names": {"plural": "rollouts", "kind": "Rollout"},
        "versions": [{"name": "v1", "served": true, "storage": true,
         "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {
          "type": "object",
          "properties": {
           "minReplicas": {"type": "integer"},
           "replicas": {"type": "integer"},
           "maxReplicas": {"type": "integer"},
           "image": {"type": "string", "maxLength": 200},
           "zones": {"type": "array", "maxItems": 10,
            "items": {"type": "string", "maxLength": 20}}},
          "x-kubernetes-validations": [
           {"rule": "self.minReplicas <= self.replicas"},
           {"rule": "self.replicas <= self.maxReplicas"},
           {"rule": "self.image.startsWith('registry.example.com/')"},
           {"rule": "self.zones.all(zone, zone.startsWith('eu-'))"},
           {"rule": "!has(self.zones) || size(self.zones) <= self.maxReplicas"}]}}}}}]}}
      """;

  static final String OBJECT =
      """
      {"apiVersion": "bench.example.com/v1", "kind": "Rollout", "metadata": {"name": "new"},
       "spec": {"minReplicas": 1, "replicas": 3, "maxReplicas": 5,
        "image": "registry.example.com/shop/cart:1.2.3", "zones": ["eu-1", "eu-2", "eu-3"]}}
      """;

  private SampleDefinition() {}
}
