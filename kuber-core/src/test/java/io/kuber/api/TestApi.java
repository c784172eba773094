package io.kuber.api;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.ApiAnswer.Many;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiRequest.Body;
import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.ConversionReviews;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** An API on a store in memory, in virtual time, with one namespace called {@code default}. */
final class TestApi {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final User USER = User.system("tester");

  final SimulatedLoops loops = new SimulatedLoops(1, START);
  final LocalStore store;
  final WatchHub hub;
  final Api api;

  TestApi() {
    this(new LocalStore(), WatchHub.HISTORY);
    create(Resources.NAMESPACES, "", "{metadata: {name: default}}");
  }

  /** An API on a store that may have others, which remembers {@code history} changes per kind. */
  TestApi(LocalStore store, int history) {
    this.store = store;
    this.hub = WatchHub.of(store, history);
    CustomCatalogue catalogue =
        new CustomCatalogue(
            store, BuiltInKinds.catalogue(), new CustomKinds(ConversionReviews.NONE), hub::end);
    this.api = new Api(store, hub, catalogue, AdmissionChain.standard(loops), loops);
  }

  static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  ApiRequest request(Verb verb, ResourceType type, String name) {
    return ApiRequest.of(verb, type, type.namespaced() ? "default" : "", name, USER);
  }

  ResourceType type(String qualifiedName) {
    return BuiltInKinds.catalogue().find(qualifiedName).orElseThrow().type();
  }

  KubeObject create(ResourceType type, String namespace, String json) {
    return one(
        ApiRequest.of(Verb.CREATE, type, namespace, "", USER).with(new Body.Whole(yaml(json))));
  }

  KubeObject create(ResourceType type, String json) {
    return create(type, type.namespaced() ? "default" : "", json);
  }

  KubeObject get(ResourceType type, String name) {
    return one(request(Verb.GET, type, name));
  }

  KubeObject update(ResourceType type, String subresource, KubeObject object) {
    return one(
        request(Verb.UPDATE, type, object.name())
            .of(subresource)
            .with(new Body.Whole(object.tree())));
  }

  KubeObject one(ApiRequest request) {
    return ((One) answer(request)).object();
  }

  Many list(ApiRequest request) {
    return (Many) answer(request);
  }

  /** The answer, or the ApiException that the request ends in. */
  ApiAnswer answer(ApiRequest request) {
    return resolved(api.handle(request));
  }

  /** The same for an answer that is there already. */
  static ApiAnswer resolved(CompletionStage<ApiAnswer> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
