package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;

/** Messages of one channel by final status. */
@Schema(description = "Messages of one channel by their final status.")
public record ChannelFigures(
        @Schema(description = "Messages whose final status is sent.", example = "84") long sent,
        @Schema(description = "Messages whose final status is failed.", example = "25") long failed) {}
