package io.kuber.boot;

import java.util.concurrent.Callable;

/** Is told what is being done, so that a person can see it. */
public interface Progress {
  /** Tells nobody. */
  Progress SILENT =
      new Progress() {
        @Override
        public <T> T step(String doing, Callable<T> step) throws Exception {
          return step.call();
        }
      };

  /** Does one step and returns what it returns. */
  <T> T step(String doing, Callable<T> step) throws Exception;
}
