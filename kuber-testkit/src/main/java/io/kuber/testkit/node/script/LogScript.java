package io.kuber.testkit.node.script;

import io.kuber.api.PodRef;
import java.util.List;

/** Says what a container has written. Asked on the thread of whoever reads, at any time. */
@FunctionalInterface
public interface LogScript {
  /** The lines so far, without line feeds. */
  List<String> lines(PodRef pod, String container);
}
