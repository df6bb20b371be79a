import { connect } from 'react-redux';
import { withStyles } from '@material-ui/core/styles';
import { styles } from './styles';

const SoapBanner = ({ isActive, classes }) => {
  if (!isActive) {
    return null;
  }
  return <aside className={classes.soap}>New soap</aside>;
};

const mapStateToProps = ({ featureFlags: { flags } }) => ({
  isActive: !!flags.soap_banner,
});

export default connect(mapStateToProps)(withStyles(() => readTheme(window))(SoapBanner));
