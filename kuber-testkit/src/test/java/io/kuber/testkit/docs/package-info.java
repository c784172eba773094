/** Holds the document of the testkit against the testkit: its snippets are compiled and run. */
@NullMarked
package io.kuber.testkit.docs;

import org.jspecify.annotations.NullMarked;
