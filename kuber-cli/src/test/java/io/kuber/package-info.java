/**
 * Tests of kuber as a whole: that its packages import one another as the table says, and that its
 * documents point at files that exist. Start at {@link io.kuber.ArchitectureTest}.
 */
@NullMarked
package io.kuber;

import org.jspecify.annotations.NullMarked;
