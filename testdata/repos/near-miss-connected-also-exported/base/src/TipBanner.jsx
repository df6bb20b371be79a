import { connect } from 'react-redux';
import { withStyles } from '@material-ui/core/styles';
import { styles } from './styles';

export const TipBanner = ({ isActive, amount, classes }) => {
  if (!isActive) {
    return null;
  }
  return <aside className={classes.tip}>Tip {amount}</aside>;
};

TipBanner.propTypes = { isActive: bool.isRequired };

const mapStateToProps = ({ featureFlags: { flags }, user, banner }) => ({
  isActive: !!flags.tips,
});

export default connect(mapStateToProps)(withStyles(styles)(TipBanner));
