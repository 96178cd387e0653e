package io.riacho.firehose.destination.s3;

import software.amazon.awssdk.services.firehose.model.DataFormatConversionConfiguration;

/** Says at creation whether records can be converted to a format so. */
@FunctionalInterface
public interface ConversionCheck {

    /**
     * @param configuration enabled, with a schema, an input and an output format
     * @return with the API's defaults for what is left out
     * @throws io.riacho.protocol.AwsException InvalidArgumentException
     */
    DataFormatConversionConfiguration complete(DataFormatConversionConfiguration configuration);
}
