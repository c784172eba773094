package io.kuber.api;

import io.kuber.api.ApiAnswer.Many;
import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.store.Image;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Answers for {@code metrics.k8s.io}, whose objects are in no store: they are made of what nodes
 * last measured, at the moment when somebody asks (metrics-server, pkg/api).
 *
 * <p>No owner thread; readings are at hand and nobody is waited for.
 */
final class Metering {
  private final Supplier<List<NodeReading>> readings;
  private final Store store;

  Metering(Supplier<List<NodeReading>> readings, Store store) {
    this.readings = readings;
    this.store = store;
  }

  /** Whether objects of the type are made here. */
  static boolean answers(ResourceType type) {
    return type.equals(Resources.NODE_METRICS) || type.equals(Resources.POD_METRICS);
  }

  CompletionStage<ApiAnswer> answer(ApiRequest request, Served served) {
    return CompletableFuture.completedStage(
        switch (request.verb()) {
          case GET -> Get.answer(request, new Lens(served, Facet.WHOLE), image(served.type()));
          case LIST -> list(request, served);
          default -> throw Failures.methodNotAllowed();
        });
  }

  /** All of them on one page, as metrics-server does it. */
  private ApiAnswer list(ApiRequest request, Served served) {
    Selection selection = Selection.of(request, served);
    Image image = image(served.type());
    Iterator<Stored> found = ListObjects.candidates(request, served.kind(), selection, image, null);
    List<Stored> entries = new ArrayList<>();
    while (found.hasNext()) {
      Stored stored = found.next();
      if (selection.matchesPassing(stored)) {
        entries.add(stored);
      }
    }
    return new Many(served, entries, Long.toString(image.revision()), "", null);
  }

  private Image image(ResourceType type) {
    Image objects = store.image();
    List<Stored> made = new ArrayList<>();
    for (NodeReading reading : readings.get()) {
      List<KubeObject> all =
          type.equals(Resources.NODE_METRICS)
              ? MetricsObjects.ofNode(reading, objects).stream().toList()
              : MetricsObjects.ofPods(reading, objects);
      for (KubeObject each : all) {
        made.add(new Stored(type.keyOf(each), objects.revision(), Json.print(each.tree())));
      }
    }
    return TreeImage.EMPTY.withAll(made).at(objects.revision());
  }
}
